import Subtitles

extension ExtractionRequest {
  /// The target language, unless it is none or the dialogue's own.
  var explainingLanguage: String? {
    guard let target = targetLanguage, !target.isEmpty else { return nil }
    return Self.primary(target) == Self.primary(sourceLanguage) ? nil : target
  }

  /// Whether answers carry the translations of their cues.
  var wantsCueTranslations: Bool { translatesCues && explainingLanguage != nil }

  private static func primary(_ language: String) -> String {
    LanguageTag.primary(language) ?? language.lowercased()
  }
}
