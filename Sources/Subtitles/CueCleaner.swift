/// Makes cues of entries: takes out what is neither spoken nor a name, and keeps typography and
/// line breaks of the rest.
struct CueCleaner {
  /// Cleaned cues in the entries' order, numbered from 1; entries with nothing left are left out.
  static func cues(
    of entries: some Sequence<TimedEntry>, markup: Markup.Dialect, _ leftOut: inout LeftOut
  ) -> [Cue] {
    var cues: [Cue] = []
    for entry in entries {
      guard let cleaned = CueCleaner(entry, markup) else {
        leftOut.add(.empty)
        continue
      }
      cues.append(
        Cue(
          number: cues.count + 1, start: entry.start, end: entry.end, text: cleaned.text,
          speaker: cleaned.speaker))
    }
    return markup == .ass ? joiningRepeats(cues) : cues
  }

  private var text: String
  private var speaker: String?

  /// Nil when nothing is left.
  private init?(_ entry: TimedEntry, _ dialect: Markup.Dialect) {
    let markup = Markup(entry.text, dialect)
    guard !Adverts.isAdvert(markup.text) else { return nil }
    let notes = SoundNotes(removedFrom: markup.text)
    var names = markup.voices + notes.names
    var lines = Music.removed(
      from: notes.text.split(separator: "\n").map { $0.trimmed })
    Self.unifyMarkers(&lines)
    let hadTwoSpeakers = markup.text.split(separator: "\n").count(where: Self.hasDash) > 1
    for index in lines.indices {
      guard let label = SpeakerLabel(lines[index]) else { continue }
      names.append(label.name)
      lines[index] = label.rest
    }
    lines = lines.map { $0.trimmed }.filter { !$0.allSatisfy { $0.isSpeakerDash || $0.isBlank } }
    let dashes = lines.count(where: Self.hasDash)
    if hadTwoSpeakers, dashes == 1, lines.count == 1 {
      lines[0] = lines[0].dropFirst().trimmed
    }
    guard lines.contains(where: { !$0.isEmpty }) else { return nil }
    text = lines.map { Self.collapsingBlanks($0).text }.joined(separator: "\n")
    let distinct = Set(names)
    if distinct.isEmpty {
      speaker = entry.speaker
    } else {
      speaker = distinct.count == 1 && dashes < 2 ? names[0] : nil
    }
  }

  private static func hasDash(_ line: ArraySlice<Unicode.Scalar>) -> Bool {
    line.first { !$0.isBlank }?.isSpeakerDash ?? false
  }

  /// ">>" marks a change of speaker in broadcast captions: among several it becomes a
  /// dash, alone it goes.
  private static func unifyMarkers(_ lines: inout [ArraySlice<Unicode.Scalar>]) {
    let marked = lines.indices.filter { lines[$0].starts(with: [">", ">"]) }
    for index in marked {
      let rest = lines[index].drop { $0 == ">" }.trimmed
      lines[index] = marked.count > 1 ? ["-", " "] + rest : rest
    }
  }

  private static func collapsingBlanks(
    _ line: ArraySlice<Unicode.Scalar>
  ) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in line where scalar != " " || result.last != " " { result.append(scalar) }
    return result
  }

  /// Typesetting repeats a text frame by frame and layer by layer; such cues become one.
  private static func joiningRepeats(_ cues: [Cue]) -> [Cue] {
    let frame = MediaTime.milliseconds(50)
    var joined: [Cue] = []
    var last: [String: Int] = [:]
    for cue in cues {
      if let index = last[cue.text], cue.start <= joined[index].end + frame,
        cue.end + frame >= joined[index].start
      {
        joined[index].start = min(joined[index].start, cue.start)
        joined[index].end = max(joined[index].end, cue.end)
      } else {
        last[cue.text] = joined.count
        joined.append(cue)
        joined[joined.count - 1].number = joined.count
      }
    }
    return joined
  }
}
