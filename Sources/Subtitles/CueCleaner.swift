/// Makes cues of entries: takes out what is neither spoken nor a name, and keeps typography and
/// line breaks of the rest.
struct CueCleaner {
  /// Cleaned cues in the entries' order, numbered from 1. An entry in which two people speak becomes two cues of the
  /// same time; one of which nothing is left is counted, with the reason, in `leftOut`.
  static func cues(
    of entries: some Sequence<TimedEntry>, markup: Markup.Dialect, _ leftOut: inout LeftOut
  ) -> [Cue] {
    var cues: [Cue] = []
    for entry in entries {
      let cleaned = CueCleaner(entry, markup)
      if let reason = cleaned.reason { leftOut.add(reason) }
      for turn in cleaned.turns {
        cues.append(
          Cue(
            number: cues.count + 1, start: entry.start, end: entry.end, text: turn.text,
            speaker: turn.speaker))
      }
    }
    return markup == .ass ? joiningRepeats(cues) : cues
  }

  private struct Turn {
    var text: String
    var speaker: String?
  }

  private var turns: [Turn] = []
  /// Why nothing is left.
  private var reason: LeftOut.Reason?

  private init(_ entry: TimedEntry, _ dialect: Markup.Dialect) {
    let markup = Markup(entry.text, dialect)
    guard markup.text.contains(where: { !$0.isBlank }) else {
      reason = markup.holdsDrawing ? .drawing : .empty
      return
    }
    guard !Adverts.isAdvert(markup.text) else {
      reason = .advert
      return
    }
    let notes = SoundNotes(removedFrom: markup.text)
    let sounding = notes.text.split(separator: "\n").map { $0.trimmed }
    var lines = Music.removed(from: sounding)
    Self.unifyMarkers(&lines)
    let names = markup.voices + notes.names
    let hadTwoSpeakers =
      SpeakerTurns.count(markup.text.split(separator: "\n").map { $0.trimmed }) > 1
    turns = SpeakerTurns(lines, couldLeaveOne: hadTwoSpeakers).turns.map { turn in
      Turn(
        text: turn.lines.map { Self.collapsingBlanks($0).text }.joined(separator: "\n"),
        speaker: turn.speaker)
    }
    if !turns.isEmpty {
      nameSpeakers(names, entry.speaker)
      return
    }
    reason = sounding.contains { $0.contains(where: \.isLetter) } ? .song : .sound
  }

  /// What the entry as a whole says of who speaks.
  private mutating func nameSpeakers(_ names: [String], _ speaker: String?) {
    let distinct = Set(names)
    if turns.count == 1, turns[0].speaker == nil {
      turns[0].speaker = distinct.isEmpty ? speaker : distinct.count == 1 ? names[0] : nil
    } else if turns.count > 1, names.count == turns.count {
      for index in turns.indices where turns[index].speaker == nil {
        turns[index].speaker = names[index]
      }
    }
  }

  /// ">>" marks a change of speaker in broadcast captions: behind the first line or among several it becomes a dash,
  /// alone it goes.
  private static func unifyMarkers(_ lines: inout [ArraySlice<Unicode.Scalar>]) {
    let marked = lines.indices.filter { lines[$0].starts(with: [">", ">"]) }
    for index in marked {
      let rest = lines[index].drop { $0 == ">" }.trimmed
      lines[index] = marked.count > 1 || index > 0 ? ["-", " "] + rest : rest
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
