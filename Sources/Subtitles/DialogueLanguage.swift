/// A guess whether dialogue is in the language that it is taken for, where no name says it.
package enum DialogueLanguage {
  /// Why the cues can't be in `language`, in words, or nil when they may be.
  package static func objection(to language: String, _ cues: [Cue]) -> String? {
    var counts: [WritingSystem: Int] = [:]
    for cue in cues {
      for scalar in cue.text.unicodeScalars {
        if let system = WritingSystem(scalar) { counts[system, default: 0] += 1 }
      }
    }
    let letters = counts.values.reduce(0, +)
    let expected = WritingSystem.systems(of: language)
    let fitting = expected.map { counts[$0] ?? 0 }.reduce(0, +)
    // Names and signs in other letters are usual; most of the dialogue is not.
    if letters >= 20, fitting * 2 < letters,
      let found = counts.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) })?.key
    {
      return "most of it is written in \(found.rawValue) letters"
    }
    return language == "en" ? englishObjection(cues) : nil
  }

  /// In English speech about one word in three is one of these; in other languages hardly any is.
  private static let commonEnglish: Set<String> = [
    "the", "you", "i", "to", "a", "and", "it", "is", "of", "that", "in", "what", "we", "this",
    "my", "your", "not", "do", "don't", "i'm", "it's", "was", "are", "have", "be", "on", "for",
    "with", "he", "she", "they", "know", "just",
  ]

  private static func englishObjection(_ cues: [Cue]) -> String? {
    var words = 0
    var common = 0
    for cue in cues {
      let text = cue.text.lowercased().split(
        separator: "\u{2019}", omittingEmptySubsequences: false
      )
      .joined(separator: "'")
      for word in text.split(whereSeparator: { !$0.isLetter && $0 != "'" }) {
        words += 1
        if commonEnglish.contains(String(word)) { common += 1 }
      }
    }
    return words >= 60 && common * 12 < words ? "it does not read like English" : nil
  }
}

/// The letters that a language is written in.
enum WritingSystem: String {
  case latin = "Latin"
  case hangul = "Korean"
  case kana = "Japanese"
  case han = "Chinese"
  case cyrillic = "Cyrillic"
  case greek = "Greek"
  case arabic = "Arabic"
  case hebrew = "Hebrew"
  case thai = "Thai"
  case devanagari = "Devanagari"

  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: self = .hangul
    case 0x3040...0x30FF: self = .kana
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: self = .han
    case 0x400...0x52F: self = .cyrillic
    case 0x370...0x3FF: self = .greek
    case 0x600...0x6FF, 0x750...0x77F: self = .arabic
    case 0x590...0x5FF: self = .hebrew
    case 0xE00...0xE7F: self = .thai
    case 0x900...0x97F: self = .devanagari
    default: return nil
    }
  }

  static func systems(of language: String) -> [WritingSystem] {
    switch language {
    case "ko": [.hangul]
    case "ja": [.kana, .han]
    case "zh": [.han]
    case "ru", "uk", "bg", "mk", "be", "kk", "mn": [.cyrillic]
    case "sr": [.cyrillic, .latin]
    case "el": [.greek]
    case "ar", "fa", "ur": [.arabic]
    case "he", "yi": [.hebrew]
    case "th": [.thai]
    case "hi", "mr", "ne": [.devanagari]
    default: [.latin]
    }
  }
}
