/// A word of a cue's text, with what matching compares and where it stands.
package struct Token: Sendable, Hashable {
  /// Lowercased, with typographic apostrophes and hyphens made plain: "Don’t" is "don't".
  ///
  /// Soft hyphens, zero-width spaces, byte order marks and marks of direction are left out.
  package var normal: String
  /// Range in the cue's text, in UTF-8 bytes; on borders of characters, never empty.
  package var range: Range<Int>

  package init(normal: String, range: Range<Int>) {
    self.normal = normal
    self.range = range
  }

  /// The words of a text: runs of letters, digits, and apostrophes or hyphens between them.
  package static func tokens(of text: String) -> [Token] {
    let ascii = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { $0 < 0x80 } ? tokens(ofASCII: bytes) : nil
    }
    return (ascii ?? nil) ?? tokens(ofCharactersOf: text)
  }

  private static func tokens(ofCharactersOf text: String) -> [Token] {
    var tokens: [Token] = []
    var word = ""
    var start = 0
    var end = 0
    var pendingJoiner: Character?
    var offset = 0

    func close() {
      if !word.isEmpty { tokens.append(Token(normal: word, range: start..<end)) }
      word = ""
      pendingJoiner = nil
    }

    for character in text {
      let next = offset + character.utf8.count
      if character.isLetter || character.isNumber {
        if word.isEmpty { start = offset }
        if let joiner = pendingJoiner { word.append(joiner) }
        pendingJoiner = nil
        word += character.lowercased()
        end = next
      } else if character.isInvisible {
        // It parts no word, and belongs to one only between its letters.
      } else if !word.isEmpty, pendingJoiner == nil, let joiner = plainJoiner(character) {
        pendingJoiner = joiner
      } else {
        close()
      }
      offset = next
    }
    close()
    return tokens
  }

  /// The same for the most usual text, without looking for borders of characters.
  private static func tokens(ofASCII bytes: UnsafeBufferPointer<UInt8>) -> [Token] {
    var tokens: [Token] = []
    var position = 0
    while position < bytes.count {
      guard isASCIIWord(bytes[position]) else {
        position += 1
        continue
      }
      let start = position
      while position < bytes.count,
        isASCIIWord(bytes[position])
          || (bytes[position] == UInt8(ascii: "'") || bytes[position] == UInt8(ascii: "-"))
            && position + 1 < bytes.count && isASCIIWord(bytes[position + 1])
      {
        position += 1
      }
      let lowercased = bytes[start..<position].map { byte in
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
      }
      tokens.append(
        Token(normal: String(decoding: lowercased, as: UTF8.self), range: start..<position))
    }
    return tokens
  }

  private static func isASCIIWord(_ byte: UInt8) -> Bool {
    let letter = byte | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The normal words of a text; a hyphenated word counts as its parts.
  package static func words(of text: String) -> [String] {
    tokens(of: text).flatMap { $0.normal.split(separator: "-").map(String.init) }
  }

  private static func plainJoiner(_ character: Character) -> Character? {
    switch character {
    case "'", "\u{2019}", "\u{2018}", "\u{02BC}", "\u{FF07}": "'"
    case "-", "\u{2010}", "\u{2011}": "-"
    default: nil
    }
  }
}

extension Character {
  /// True for what has no width and says nothing: soft hyphen, zero-width space, word joiner, byte
  /// order mark, marks of direction.
  var isInvisible: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF:
        true
      default: false
      }
    }
  }
}
