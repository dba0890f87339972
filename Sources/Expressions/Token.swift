/// A word of a cue's text, with what matching compares and where it stands.
package struct Token: Sendable, Hashable {
  /// Lowercased, with typographic apostrophes and hyphens made plain: "Don’t" is "don't".
  package var normal: String
  /// Range in the cue's text, in UTF-8 bytes.
  package var range: Range<Int>

  package init(normal: String, range: Range<Int>) {
    self.normal = normal
    self.range = range
  }

  /// The words of a text: runs of letters, digits, and apostrophes or hyphens between them.
  package static func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var word = ""
    var wordStart = 0
    var pendingJoiner: Character?
    var offset = 0

    func close(at end: Int) {
      if !word.isEmpty { tokens.append(Token(normal: word, range: wordStart..<end)) }
      word = ""
    }

    var joinerStart = 0
    for character in text {
      let length = character.utf8.count
      if character.isLetter || character.isNumber {
        if word.isEmpty { wordStart = offset }
        if let joiner = pendingJoiner {
          word.append(joiner)
          pendingJoiner = nil
        }
        word += character.lowercased()
      } else if !word.isEmpty, pendingJoiner == nil, let joiner = plainJoiner(character) {
        pendingJoiner = joiner
        joinerStart = offset
      } else {
        close(at: pendingJoiner == nil ? offset : joinerStart)
        pendingJoiner = nil
      }
      offset += length
    }
    close(at: pendingJoiner == nil ? offset : joinerStart)
    return tokens
  }

  private static func plainJoiner(_ character: Character) -> Character? {
    switch character {
    case "'", "\u{2019}", "\u{2018}", "\u{02BC}", "\u{FF07}": "'"
    case "-", "\u{2010}", "\u{2011}": "-"
    default: nil
    }
  }
}
