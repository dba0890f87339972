/// A word as matching compares it.
struct Word: Sendable {
  let text: String
  /// What it may be a form of, itself first; English only.
  let bases: [String]
  /// A bit for each base: words whose bits differ have no base in common.
  private let bits: UInt64
  private let isArticle: Bool

  init(_ text: String, _ rules: MatchingRules) {
    self.text = text
    bases = rules == .english ? EnglishForms.bases(of: text) : [text]
    bits = bases.reduce(0) { $0 | 1 << UInt64(Self.hash($1) % 64) }
    isArticle = rules == .english && EnglishWords.articles.contains(text)
  }

  /// Whether this word of the dialogue may be a form of a word of a dictionary, or equal to it.
  func isForm(of wanted: Word, _ rules: MatchingRules) -> Bool {
    if text == wanted.text { return true }
    switch rules {
    case .english:
      if isArticle, wanted.isArticle { return true }
      guard bits & wanted.bits != 0 else { return false }
      return bases.contains { wanted.bases.contains($0) }
    case .korean: return KoreanForms.isForm(text, of: wanted.text)
    case .other: return sharesStem(with: wanted)
    }
  }

  /// At least 4 letters at the beginning, and 3 of 5 of the longer word.
  private func sharesStem(with other: Word) -> Bool {
    guard text.first == other.text.first else { return false }
    let shared = zip(text, other.text).prefix { $0 == $1 }.count
    return shared >= 4 && shared * 5 >= max(text.count, other.text.count) * 3
  }

  private static func hash(_ text: String) -> UInt32 {
    text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }
}
