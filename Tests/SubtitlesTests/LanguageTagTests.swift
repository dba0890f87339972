import Subtitles
import Testing

@Suite struct LanguageTagTests {
  @Test(arguments: [
    ("en", "en"), ("eng", "en"), ("English", "en"), ("ENGLISH", "en"), ("en-US", "en"),
    ("pt_BR", "pt"), ("zh-Hans-CN", "zh"), ("es-419", "es"), ("fre", "fr"), ("fra", "fr"),
    ("ger", "de"), ("deu", "de"), ("Deutsch", "de"), ("한국어", "ko"), ("日本語", "ja"),
    ("Español", "es"), ("Espan\u{303}ol", "es"), ("РУССКИЙ", "ru"), ("nob", "no"), ("iw", "he"),
    ("Farsi", "fa"), ("Brazilian Portuguese", "pt"), ("Portuguese (Brazil)", "pt"),
    ("English [SDH]", "en"), (" eng ", "en"), ("Chinese (Simplified)", "zh"),
  ])
  func knows(_ text: String, _ code: String) {
    #expect(LanguageTag.primary(text) == code)
  }

  @Test(arguments: [
    "", "und", "mul", "zxx", "xx", "xx-US", "en-", "-", "en-forced", "720p", "Klingon", "(en)",
    String(repeating: "en", count: 100),
  ])
  func doesNotKnow(_ text: String) {
    #expect(LanguageTag.primary(text) == nil)
  }
}
