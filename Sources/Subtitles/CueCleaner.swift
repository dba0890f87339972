/// Makes cues of entries: takes out what is neither spoken nor a name, and keeps typography and
/// line breaks of the rest.
struct CueCleaner {
  /// Cleaned cues in the entries' order, numbered from 1. An entry in which two people speak becomes two cues of the
  /// same time; one of which nothing is left is counted, with the reason, in `leftOut`.
  static func cues(
    of found: TimedEntries, markup dialect: Markup.Dialect, _ leftOut: inout LeftOut
  ) -> [Cue] {
    let texts = found.texts.span
    var cleaner = CueCleaner()
    if dialect == .ass { cleaner.repeats = RepeatedCues() }
    var markup = Markup(dialect, cleaner.finder)
    // In many entries two people speak.
    cleaner.cues.reserveCapacity(found.entries.count + found.entries.count / 4)
    for entry in found.entries {
      let traits = cleaner.finder.traits(of: entry.text, in: texts)
      if traits.contains(.markup) {
        markup.read(entry.text, of: texts)
        let all = 0..<markup.text.count
        let traits = cleaner.finder.traits(of: all, in: markup.text.span)
        cleaner.read(all, of: markup.text.span, traits, entry, markup)
      } else {
        markup.clear()
        cleaner.read(entry.text, of: texts, traits, entry, markup)
      }
    }
    for (reason, count) in cleaner.leftOut { leftOut.add(reason, count) }
    return cleaner.cues
  }

  private var cues: [Cue] = []
  /// Nil where cues are not joined.
  private var repeats: RepeatedCues?
  private var leftOut: [LeftOut.Reason: Int] = [:]
  private let finder = TextTraits.Finder()
  private let adverts = Adverts.known
  private var plain = PlainTurns()
  private var notes = PlainNotes()
  private var line: [UInt8] = []

  private struct Turn {
    var text: String
    var speaker: String?
  }

  /// - Parameter markup: what formatting said of the text.
  private mutating func read(
    _ text: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits, _ entry: TimedEntry,
    _ markup: borrowing Markup
  ) {
    if adverts.isAdvert(text, of: bytes, traits) {
      leftOut[.advert, default: 0] += 1
    } else if PlainTurns.isOne(text, of: bytes, traits), markup.voices.isEmpty {
      add(Turn(text: bytes.string(text), speaker: entry.speaker), entry)
    } else if !readPlain(text, of: bytes, traits, entry, markup) {
      readAny(Array(bytes.string(text).unicodeScalars), entry, markup)
    }
  }

  /// Whether the text could be read by its bytes.
  private mutating func readPlain(
    _ text: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits, _ entry: TimedEntry,
    _ markup: borrowing Markup
  ) -> Bool {
    if traits.contains(.song) { return false }
    if traits.contains(.wideMark), PlainTurns.holdsWideMark(text, of: bytes) { return false }
    if traits.contains(.bracket) {
      return readNotes(text, of: bytes, traits, entry, markup)
    }
    guard plain.read(text, of: bytes, traits), !plain.turns.isEmpty else { return false }
    if plain.turns.count == 1, markup.voices.isEmpty {
      add(Turn(text: plainText(of: plain.turns[0], bytes), speaker: entry.speaker), entry)
    } else if markup.voices.isEmpty {
      for turn in plain.turns { add(Turn(text: plainText(of: turn, bytes)), entry) }
    } else {
      add(plain.turns.map { Turn(text: plainText(of: $0, bytes)) }, markup.voices, entry)
    }
    return true
  }

  private mutating func readNotes(
    _ text: Range<Int>, of bytes: Span<UInt8>, _ traits: TextTraits, _ entry: TimedEntry,
    _ markup: borrowing Markup
  ) -> Bool {
    guard let speakers = plain.count(text, of: bytes, traits), notes.read(text, of: bytes) else {
      return false
    }
    let rest = notes.text
    guard
      plain.read(0..<rest.count, of: rest.span, traits, couldLeaveOne: speakers > 1)
    else { return false }
    if plain.turns.isEmpty {
      leftOut[.sound, default: 0] += 1
    } else {
      add(
        plain.turns.map { Turn(text: plainText(of: $0, rest.span)) }, markup.voices + notes.names,
        entry)
    }
    return true
  }

  /// The lines of a turn with single blanks.
  private mutating func plainText(of turn: Range<Int>, _ bytes: Span<UInt8>) -> String {
    let whole =
      plain.lines[turn.lowerBound].lowerBound..<plain.lines[turn.upperBound - 1].upperBound
    var length = turn.count - 1
    for index in turn { length += plain.lines[index].count }
    if length == whole.count, !bytes.holdsTwoBlanks(in: whole) { return bytes.string(whole) }
    line.removeAll(keepingCapacity: true)
    for index in turn {
      if index > turn.lowerBound { line.append(UInt8(ascii: "\n")) }
      for position in plain.lines[index] where bytes[position] != 0x20 || line.last != 0x20 {
        line.append(bytes[position])
      }
    }
    return line[...].string
  }

  /// The long way, for texts with notes, songs and names.
  private mutating func readAny(
    _ text: [Unicode.Scalar], _ entry: TimedEntry, _ markup: borrowing Markup
  ) {
    guard text.contains(where: { !$0.isBlank }) else {
      leftOut[markup.holdsDrawing ? .drawing : .empty, default: 0] += 1
      return
    }
    let notes = SoundNotes(removedFrom: text)
    let sounding = notes.text.split(separator: "\n").map { $0.trimmed }
    var lines = Music.removed(from: sounding)
    Self.unifyMarkers(&lines)
    let hadTwoSpeakers = SpeakerTurns.count(text.split(separator: "\n").map { $0.trimmed }) > 1
    let turns = SpeakerTurns(lines, couldLeaveOne: hadTwoSpeakers).turns.map { turn in
      Turn(
        text: turn.lines.map { Self.collapsingBlanks($0).text }.joined(separator: "\n"),
        speaker: turn.speaker)
    }
    guard turns.isEmpty else {
      add(turns, markup.voices + notes.names, entry)
      return
    }
    let hasWords = sounding.contains { $0.contains(where: \.isLetter) }
    leftOut[hasWords ? .song : .sound, default: 0] += 1
  }

  /// - Parameter names: what the entry as a whole says of who speaks.
  private mutating func add(_ turns: [Turn], _ names: [String], _ entry: TimedEntry) {
    var turns = turns
    let distinct = Set(names)
    if turns.count == 1, turns[0].speaker == nil {
      turns[0].speaker = distinct.isEmpty ? entry.speaker : distinct.count == 1 ? names[0] : nil
    } else if turns.count > 1, names.count == turns.count {
      for index in turns.indices where turns[index].speaker == nil {
        turns[index].speaker = names[index]
      }
    }
    for turn in turns { add(turn, entry) }
  }

  private mutating func add(_ turn: Turn, _ entry: TimedEntry) {
    let cue = Cue(
      number: cues.count + 1, start: entry.start, end: entry.end, text: turn.text,
      speaker: turn.speaker)
    if repeats?.join(cue, to: &cues) ?? false { return }
    cues.append(cue)
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
}
