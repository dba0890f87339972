/// How a language's words are compared.
enum MatchingRules: Sendable, Hashable {
  case english, korean, other

  /// - Parameter language: BCP 47, of which the primary subtag counts.
  init(language: String) {
    switch language.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).first {
    case "en", "eng": self = .english
    case "ko", "kor": self = .korean
    default: self = .other
    }
  }

  /// Whether words are written without space between them, which makes any run of letters a phrase.
  static func runsOn(_ text: String) -> Bool {
    text.unicodeScalars.contains(where: \.isOfSpacelessScript)
  }

  /// Languages that are written so, whatever a text's first letters are.
  static func runsOn(language: String) -> Bool {
    let primary = language.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).first
    return primary.map { unspaced.contains(String($0)) } ?? false
  }

  private static let unspaced: Set<String> = [
    "bo", "chi", "cmn", "ja", "jpn", "km", "lo", "my", "th", "tha", "yue", "zh", "zho",
  ]

  /// Other ways to read a written word, each as its words.
  func readings(of word: String) -> [[String]] {
    switch self {
    case .english: Contractions.readings(of: word)
    case .korean: []
    case .other:
      // "l'amour", "geht's"
      word.contains("'") ? [word.split(separator: "'").map(String.init)] : []
    }
  }
}
