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
  static func runsOn(_ text: String) -> Bool { text.unicodeScalars.contains(where: runsOn) }

  /// Languages that are written so, whatever a text's first letters are.
  static func runsOn(language: String) -> Bool {
    let primary = language.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).first
    return primary.map { unspaced.contains(String($0)) } ?? false
  }

  private static let unspaced: Set<String> = [
    "bo", "chi", "cmn", "ja", "jpn", "km", "lo", "my", "th", "tha", "yue", "zh", "zho",
  ]

  private static func runsOn(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF,  // Thai, Lao, Tibetan; Burmese; Khmer
      0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F,
      0x20000...0x3134F:
      true
    default: false
    }
  }

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
