/// Takes notes for the hard of hearing out of a text: `[door slams]`, `(SIGHS)`.
///
/// Brackets always go. Parentheses also hold dialogue, so they go only when they are all in
/// capitals, alone on their lines, or short and either first in a line or named for a sound.
struct SoundNotes {
  private(set) var text: [Unicode.Scalar] = []
  /// Bracketed names that stood before speech.
  private(set) var names: [String] = []

  private static let closing: [Unicode.Scalar: Unicode.Scalar] = [
    "[": "]", "\u{FF3B}": "\u{FF3D}", "\u{3010}": "\u{3011}", "(": ")", "\u{FF08}": "\u{FF09}",
  ]
  /// Longer groups are no notes.
  static let lengthLimit = 300

  init(removedFrom source: [Unicode.Scalar]) {
    text.reserveCapacity(source.count)
    var index = 0
    var isLineStart = true
    while index < source.count {
      let scalar = source[index]
      if let end = Self.end(ofGroupAt: index, in: source) {
        let content = source[(index + 1)..<end].trimmed
        let isBracket = scalar != "(" && scalar != "\u{FF08}"
        let isAlone = isLineStart && Self.endsLine(end + 1, in: source)
        if isBracket || Self.isNote(content, isLineStart: isLineStart, isAlone: isAlone) {
          if isBracket, isLineStart, let name = SpeakerLabel.name(inBrackets: content) {
            names.append(name)
          }
          index = end + 1
          if isLineStart { skipColon(&index, in: source) }
          continue
        }
      }
      if scalar == "\n" {
        isLineStart = true
      } else if !scalar.isBlank, !scalar.isSpeakerDash, !scalar.isMusic, scalar != ">" {
        isLineStart = false
      }
      text.append(scalar)
      index += 1
    }
  }

  private func skipColon(_ index: inout Int, in source: [Unicode.Scalar]) {
    if index < source.count, source[index] == ":" { index += 1 }
  }

  /// The innermost group counts, so that all searches together pass the text only once or so.
  private static func end(ofGroupAt index: Int, in source: [Unicode.Scalar]) -> Int? {
    let open = source[index]
    guard let close = closing[open] else { return nil }
    let rest = source[(index + 1)...].prefix(lengthLimit)
    guard let end = rest.firstIndex(where: { $0 == close || $0 == open }) else { return nil }
    return source[end] == close ? end : nil
  }

  private static func endsLine(_ index: Int, in source: [Unicode.Scalar]) -> Bool {
    let next = source[index...].first { $0 == "\n" || !$0.isBlank }
    return next == nil || next == "\n"
  }

  private static func isNote(
    _ content: ArraySlice<Unicode.Scalar>, isLineStart: Bool, isAlone: Bool
  ) -> Bool {
    if content.contains(where: \.isMusic) || content.isAllCaps { return true }
    guard content.contains(where: \.isLetter) else { return false }
    let words = content.split(whereSeparator: \.isBlank).count
    let isSentence = content.last.map { ".!?\u{2026}".unicodeScalars.contains($0) } ?? false
    if isAlone { return !isSentence || words < 3 }
    // "(my cook)" in the middle of a line is said, "(clicks tongue)" is not.
    guard words <= 4, !isSentence else { return false }
    return isLineStart || SoundWords.contains(content.prefix(while: \.isLetter).text)
  }
}
