/// Takes notes for the hard of hearing out of a text as `SoundNotes` does, where its brackets and what is in them are in
/// ASCII.
struct PlainNotes {
  /// Without the notes.
  private(set) var text: [UInt8] = []
  /// Bracketed names that stood before speech.
  private(set) var names: [String] = []

  /// Whether it could be read.
  ///
  /// - Parameter source: holds no blanks, brackets or notes beyond ASCII.
  mutating func read(_ part: Range<Int>, of source: Span<UInt8>) -> Bool {
    text.removeAll(keepingCapacity: true)
    if !names.isEmpty { names = [] }
    var index = part.lowerBound
    var plainStart = index
    var isLineStart = true
    while index < part.upperBound {
      let byte = source[index]
      if let end = Self.end(ofGroupAt: index, part.upperBound, source) {
        let content = source.trimmed(index + 1..<end)
        guard !content.contains(where: { source[$0] >= 0x80 }) else { return false }
        let isBracket = byte == UInt8(ascii: "[")
        let isAlone = isLineStart && Self.endsLine(end + 1, part.upperBound, source)
        if isBracket
          || Self.isNote(content, source, isLineStart: isLineStart, isAlone: isAlone)
        {
          if isBracket, isLineStart { addName(content, source) }
          text.append(plainStart..<index, of: source)
          index = end + 1
          if isLineStart, index < part.upperBound, source[index] == UInt8(ascii: ":") { index += 1 }
          plainStart = index
          continue
        }
      }
      if byte == UInt8(ascii: "\n") {
        isLineStart = true
      } else if byte != 0x20, byte != UInt8(ascii: "-"), byte != UInt8(ascii: ">") {
        // A dash beyond ASCII may open a line, too.
        guard !isLineStart || byte != 0xE2 else { return false }
        isLineStart = false
      }
      index += 1
    }
    text.append(plainStart..<part.upperBound, of: source)
    return true
  }

  private mutating func addName(_ content: Range<Int>, _ source: Span<UInt8>) {
    guard !content.isEmpty, (0x41...0x5A).contains(source[content.lowerBound]) else { return }
    let scalars = Array(source.string(content).unicodeScalars)
    if let name = SpeakerLabel.name(inBrackets: scalars[...]) { names.append(name) }
  }

  private static func end(ofGroupAt index: Int, _ limit: Int, _ source: Span<UInt8>) -> Int? {
    let open = source[index]
    guard open == UInt8(ascii: "[") || open == UInt8(ascii: "(") else { return nil }
    let close = open == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: ")")
    var position = index + 1
    var characters = 0
    while position < limit {
      if source[position] & 0xC0 != 0x80 {
        characters += 1
        if characters > SoundNotes.lengthLimit { return nil }
      }
      if source[position] == close { return position }
      if source[position] == open { return nil }
      position += 1
    }
    return nil
  }

  private static func endsLine(_ index: Int, _ limit: Int, _ source: Span<UInt8>) -> Bool {
    var position = index
    while position < limit, source[position] == 0x20 { position += 1 }
    return position >= limit || source[position] == UInt8(ascii: "\n")
  }

  private static func isNote(
    _ content: Range<Int>, _ source: Span<UInt8>, isLineStart: Bool, isAlone: Bool
  ) -> Bool {
    var hasUpper = false
    var hasLower = false
    var words = 0
    var wasBlank = true
    for position in content {
      let byte = source[position]
      if byte.isASCIILetter {
        if byte & 0x20 == 0 { hasUpper = true } else { hasLower = true }
      }
      let isBlank = byte.isASCIIBlank
      if wasBlank, !isBlank { words += 1 }
      wasBlank = isBlank
    }
    if hasUpper, !hasLower { return true }
    guard hasUpper || hasLower else { return false }
    let last = source[content.upperBound - 1]
    let isSentence =
      last == UInt8(ascii: ".") || last == UInt8(ascii: "!") || last == UInt8(ascii: "?")
    if isAlone { return !isSentence || words < 3 }
    guard words <= 4, !isSentence else { return false }
    if isLineStart { return true }
    var end = content.lowerBound
    while end < content.upperBound, source[end].isASCIILetter { end += 1 }
    return SoundWords.contains(source.string(content.lowerBound..<end))
  }
}
