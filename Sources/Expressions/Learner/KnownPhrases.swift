/// What a learner knows, as `known.txt` holds it: one phrase a line; lines that begin with "#" are comments.
package struct KnownPhrases: Sendable, Hashable {
  /// In the order of the file, without repetition.
  package let phrases: [String]
  package let keys: Set<PhraseKey>
  /// Lines that are no phrase: too long, or without a word.
  package let skipped: Int

  /// Most characters of a phrase.
  private static let limit = 200

  package init(text: String) {
    var phrases: [String] = []
    var keys: Set<PhraseKey> = []
    var skipped = 0
    for line in text.split(whereSeparator: \.isNewline) {
      guard let phrase = Self.phrase(line) else { continue }
      let key = PhraseKey(phrase)
      guard phrase.count <= Self.limit, !key.text.isEmpty else {
        skipped += 1
        continue
      }
      if keys.insert(key).inserted { phrases.append(phrase) }
    }
    self.phrases = phrases
    self.keys = keys
    self.skipped = skipped
  }

  package func contains(_ dictionaryForm: String) -> Bool {
    keys.contains(PhraseKey(dictionaryForm))
  }

  /// The text with phrases at its end that are not in it yet; everything else of it stays.
  package static func adding(_ phrases: [String], to text: String) -> (
    text: String, added: [String]
  ) {
    var known = KnownPhrases(text: text).keys
    let added = phrases.map { trimmed($0[...]) }.filter { phrase in
      let key = PhraseKey(phrase)
      return !key.text.isEmpty && phrase.count <= limit && !phrase.contains(where: \.isNewline)
        && known.insert(key).inserted
    }
    guard !added.isEmpty else { return (text, []) }
    let lineEnd = text.contains("\r\n") ? "\r\n" : "\n"
    var result = text
    if text.allSatisfy(\.isWhitespace) {
      result =
        "# What you know already: langflix chooses none of it. One phrase a line, as a dictionary lists it."
        + "\(lineEnd)# Lines that begin with # are yours.\(lineEnd)"
    } else if let last = text.last, !last.isNewline {
      result += lineEnd
    }
    // "#1 choice" would be a comment.
    for phrase in added { result += (phrase.hasPrefix("#") ? " " : "") + phrase + lineEnd }
    return (result, added)
  }

  /// The text without the lines of some phrases; everything else of it stays.
  package static func removing(
    _ phrases: [String], from text: String
  ) -> (text: String, removed: [String]) {
    let unwanted = Set(phrases.map(PhraseKey.init).filter { !$0.text.isEmpty })
    var removed: [String] = []
    var result = ""
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(where: \.isNewline).map { rest.index(after: $0) } ?? rest.endIndex
      let line = rest[..<end]
      rest = rest[end...]
      if let phrase = phrase(line), unwanted.contains(PhraseKey(phrase)) {
        removed.append(phrase)
      } else {
        result += line
      }
    }
    return (result, removed)
  }

  /// The phrase of a line; nil for a comment or a blank line.
  private static func phrase(_ line: Substring) -> String? {
    guard !line.drop(while: { $0 == "\u{FEFF}" }).hasPrefix("#") else { return nil }
    let phrase = trimmed(line)
    return phrase.isEmpty ? nil : phrase
  }

  static func trimmed(_ text: Substring) -> String {
    let isBlank = { (character: Character) in character.isWhitespace || character == "\u{FEFF}" }
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}
