/// What makes two dictionary forms the same phrase.
///
/// The lowercased words without punctuation, typographic variants and hyphens, without a leading
/// "to" or article, and with "someone's", "one's" and "my" alike, "somebody", "someone" and "sb"
/// alike, "something" and "sth" alike. Empty for what holds no word. The key of a key's text is the
/// key itself.
package struct PhraseKey: Sendable, Hashable, Codable, CustomStringConvertible {
  package let text: String

  package init(_ dictionaryForm: String) {
    var words = Token.words(of: dictionaryForm)
    let isPossessive = words.indices.map { EnglishWords.isPossessive(words, at: $0) }
    for index in words.indices {
      if isPossessive[index] {
        words[index] = "one's"
      } else {
        words[index] = EnglishWords.plainPlaceholder(words[index])
      }
    }
    text = words.dropFirst(EnglishWords.lead(of: words)).joined(separator: " ")
  }

  package var description: String { text }

  package init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
