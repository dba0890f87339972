/// The letters that a language is written in.
enum WritingSystem: String, CaseIterable {
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
  case armenian = "Armenian"
  case georgian = "Georgian"
  case bengali = "Bengali"
  case tamil = "Tamil"
  case telugu = "Telugu"
  case kannada = "Kannada"
  case malayalam = "Malayalam"
  case sinhala = "Sinhala"

  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7A3: self = .hangul
    case 0x3040...0x30FF, 0xFF66...0xFF9D: self = .kana
    case 0x3400...0x4DBF, 0x4E00...0x9FFF: self = .han
    case 0x400...0x52F: self = .cyrillic
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x600...0x6FF, 0x750...0x77F: self = .arabic
    case 0x590...0x5FF: self = .hebrew
    case 0xE00...0xE7F: self = .thai
    case 0x900...0x97F: self = .devanagari
    case 0x530...0x58F: self = .armenian
    case 0x10A0...0x10FF: self = .georgian
    case 0x980...0x9FF: self = .bengali
    case 0xB80...0xBFF: self = .tamil
    case 0xC00...0xC7F: self = .telugu
    case 0xC80...0xCFF: self = .kannada
    case 0xD00...0xD7F: self = .malayalam
    case 0xD80...0xDFF: self = .sinhala
    default: return nil
    }
  }

  /// The one language that is told by these letters alone.
  var onlyLanguage: String? {
    switch self {
    case .greek: "el"
    case .hebrew: "he"
    case .thai: "th"
    case .armenian: "hy"
    case .georgian: "ka"
    case .bengali: "bn"
    case .tamil: "ta"
    case .telugu: "te"
    case .kannada: "kn"
    case .malayalam: "ml"
    case .sinhala: "si"
    default: nil
    }
  }

  static func counts(in text: String) -> [WritingSystem: Int] {
    var counts: [WritingSystem: Int] = [:]
    for scalar in text.unicodeScalars {
      if let system = WritingSystem(scalar) { counts[system, default: 0] += 1 }
    }
    return counts
  }

  static func systems(of language: String) -> [WritingSystem] {
    switch language {
    case "ko": [.hangul]
    case "ja": [.kana, .han]
    case "zh": [.han]
    case "ru", "uk", "bg", "mk", "be", "kk", "mn": [.cyrillic]
    case "sr": [.cyrillic, .latin]
    case "ar", "fa", "ur": [.arabic]
    case "yi": [.hebrew]
    case "hi", "mr", "ne": [.devanagari]
    default: allCases.filter { $0.onlyLanguage == language }.nonEmpty ?? [.latin]
    }
  }
}

extension Array {
  fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
