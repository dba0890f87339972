import Subtitles

/// Languages by their English names, as prompts call them.
enum LanguageName {
  /// Such as "Portuguese" for "pt", or "Portuguese (pt-BR)"; for a code that is not known, words
  /// that fit in its place.
  static func english(of language: String) -> String {
    let isCode =
      (1...35).contains(language.utf8.count)
      && language.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == 0x2D
      }
    guard let code = LanguageTag.primary(language), let name = LanguageTag.englishName(of: code)
    else {
      let isNamed = isCode && language.lowercased() != "und"
      return isNamed ? "the language \"\(language)\"" : "the language of the dialogue"
    }
    return isCode && language.contains("-") ? "\(name) (\(language))" : name
  }
}
