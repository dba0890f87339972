/// What different people say in one entry: lines with dashes, or with names before them.
struct SpeakerTurns {
  struct Turn {
    var speaker: String?
    var lines: [ArraySlice<Unicode.Scalar>]
  }

  /// Without dashes and names; none is empty.
  private(set) var turns: [Turn] = []

  /// - Parameters:
  ///   - lines: of one entry, trimmed.
  ///   - couldLeaveOne: whether more people spoke before others' lines were taken out.
  init(_ lines: [ArraySlice<Unicode.Scalar>], couldLeaveOne: Bool = false) {
    let lines = Self.divided(lines)
    let starts = Self.starts(lines)
    let isSeveral = starts.count(where: { $0 }) > 1
    for (line, isStart) in zip(lines, starts) {
      var rest = line
      let label = SpeakerLabel(line)
      if let label { rest = label.rest }
      if isSeveral || couldLeaveOne || label != nil, let dash = rest.first, isStart,
        dash.isSpeakerDash || dash == "\u{2014}"
      {
        rest = rest.dropFirst().trimmed
      }
      guard rest.contains(where: { !$0.isBlank && !$0.isSpeakerDash }) else {
        // A name alone, or a dash of which the words were taken out.
        if isStart { turns.append(Turn(speaker: label?.name, lines: [])) }
        continue
      }
      if isStart && isSeveral || turns.isEmpty {
        turns.append(Turn(speaker: label?.name, lines: [rest]))
      } else {
        turns[turns.count - 1].lines.append(rest)
      }
    }
    turns.removeAll { $0.lines.isEmpty }
  }

  /// How many people speak.
  static func count(_ lines: [ArraySlice<Unicode.Scalar>]) -> Int {
    max(1, starts(divided(lines)).count(where: { $0 }))
  }

  /// Which lines begin with another speaker than the one before; the first always does.
  private static func starts(_ lines: [ArraySlice<Unicode.Scalar>]) -> [Bool] {
    // A single long dash goes on with a sentence.
    let longDashes = lines.count { $0.first == "\u{2014}" }
    return lines.indices.map { index in
      guard index > 0 else { return true }
      let line = lines[index]
      if SpeakerLabel(line) != nil { return true }
      guard let first = line.first, line.dropFirst().first != first else { return false }
      if first == "\u{2014}" { return longDashes > 1 && lines[0].first == first }
      guard first.isSpeakerDash else { return false }
      // "some-" and "-thing" are one word.
      let before = lines[index - 1].last { !$0.isClosingQuote }
      let opensWithDash = lines[0].first?.isSpeakerDash ?? false
      if let before, before.isSpeakerDash, !opensWithDash { return false }
      let next = line.dropFirst().first { $0.isLetter || $0.isASCIIDigit }
      let isLower = next?.isLowercase ?? false
      let closes = before.map { $0.endsSentence || $0.endsWideSentence }
      return !isLower || closes ?? true || opensWithDash
    }
  }

  /// "- Who is it? - Me." is two lines, and so it is where only another line of the entry begins with a dash.
  private static func divided(
    _ lines: [ArraySlice<Unicode.Scalar>]
  ) -> [ArraySlice<Unicode.Scalar>] {
    let lines = lines.filter { !$0.isEmpty }
    let dashed = lines.first { line in
      line.first.map { $0.isSpeakerDash || $0 == "\u{2014}" } ?? false
    }
    guard let dash = dashed?.first else { return lines }
    return lines.flatMap { parts(of: $0, dash) }
  }

  private static func parts(
    of line: ArraySlice<Unicode.Scalar>, _ dash: Unicode.Scalar
  ) -> [ArraySlice<Unicode.Scalar>] {
    var parts: [ArraySlice<Unicode.Scalar>] = []
    var start = line.startIndex
    var closes = false
    for index in line.indices.dropFirst() {
      let scalar = line[index]
      if scalar == dash, closes, line[index - 1].isBlank, index + 1 < line.endIndex,
        line[index + 1].isBlank || line[index + 1].isLetter
      {
        parts.append(line[start..<index].trimmed)
        start = index
      }
      if !scalar.isBlank { closes = scalar.endsSentence }
    }
    return parts + [line[start...]]
  }
}

extension Unicode.Scalar {
  fileprivate var isClosingQuote: Bool {
    switch self {
    case "\"", "'", "\u{201D}", "\u{2019}", ")": true
    default: false
    }
  }

  fileprivate var endsSentence: Bool {
    switch self {
    case ".", "?", "!", "\u{2026}": true
    default: false
    }
  }

  fileprivate var endsWideSentence: Bool {
    switch self {
    case "\u{3002}", "\u{FF1F}", "\u{FF01}": true
    default: false
    }
  }
}
