/// Charsets that subtitles are found in, and the languages that are written in each.
enum CharsetTable {
  /// By ICU's name for the whole of what programs write: a vendor's extension of a standard, where there is one.
  static let languages: [(charset: String, languages: Set<String>)] = [
    ("windows-1252", west), ("ISO-8859-15", west), ("macintosh", west),
    ("windows-1250", middle), ("ISO-8859-2", middle),
    ("windows-1251", ["ru", "uk", "bg", "sr", "mk", "be"]),
    ("KOI8-R", ["ru"]), ("KOI8-U", ["uk"]),
    ("ISO-8859-5", ["ru", "uk", "bg", "sr", "mk", "be"]), ("IBM866", ["ru", "uk", "be"]),
    ("windows-1253", ["el"]), ("ISO-8859-7", ["el"]),
    ("windows-1254", ["tr"]),
    ("windows-1255", ["he", "yi"]), ("ISO-8859-8", ["he"]),
    ("windows-1256", ["ar", "fa", "ur"]), ("ISO-8859-6", ["ar"]),
    ("windows-1257", ["et", "lv", "lt"]), ("ISO-8859-13", ["et", "lv", "lt"]),
    ("ISO-8859-4", ["et", "lv", "lt"]),
    ("windows-1258", ["vi"]), ("windows-874", ["th"]),
    ("windows-949", ["ko"]), ("windows-31j", ["ja"]), ("EUC-JP", ["ja"]),
    ("GB18030", ["zh"]), ("Big5-HKSCS", ["zh"]),
  ]

  private static let west: Set<String> = [
    "en", "es", "fr", "de", "it", "pt", "nl", "sv", "da", "no", "fi", "is", "ca", "eu", "gl", "ga",
    "af", "sq", "id", "ms", "tl",
  ]
  private static let middle: Set<String> = [
    "pl", "cs", "sk", "hu", "sl", "hr", "sr", "bs", "ro", "sq", "de",
  ]

  /// The charset by which what the detector names is read.
  static func reading(of charset: String) -> String {
    switch charset {
    case "ISO-8859-1", "US-ASCII": "windows-1252"
    case "ISO-8859-9": "windows-1254"
    case "ISO-8859-8-I": "ISO-8859-8"
    case "EUC-KR": "windows-949"
    case "Shift_JIS": "windows-31j"
    case "Big5": "Big5-HKSCS"
    default: charset
    }
  }

  /// The name that people know, of a charset that text was read by.
  static func shownName(of charset: String) -> String {
    switch charset {
    case "windows-949": "EUC-KR"
    case "windows-31j": "Shift_JIS"
    case "Big5-HKSCS": "Big5"
    default: charset
    }
  }
}
