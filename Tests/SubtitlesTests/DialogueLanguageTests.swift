import Subtitles
import Testing

@Suite struct DialogueLanguageTests {
  private func cues(_ text: String, times: Int = 12) -> [Cue] {
    (0..<times).map { Cue(number: $0 + 1, start: .zero, end: .seconds(1), text: text) }
  }

  @Test(arguments: [
    ("en", "I don\u{2019}t know what you want to do with it."), ("ko", "늦었어. 오늘은 그만할까? OK"),
    ("ja", "今日はもう終わりにしようか。"), ("ru", "Я не знаю, чего ты хочешь."),
    ("es", "No sé lo que quieres hacer con él."), ("en", "Um."),
  ])
  func mayBe(language: String, text: String) {
    #expect(DialogueLanguage.objection(to: language, cues(text)) == nil)
  }

  @Test(arguments: [
    ("en", "늦었어. 오늘은 그만할까?", "Korean"), ("en", "Я не знаю, чего ты хочешь.", "Cyrillic"),
    ("en", "No sé lo que quieres hacer con él.", "Spanish"),
    ("ko", "I don't know what you want to do.", "Latin"),
  ])
  func canNotBe(language: String, text: String, word: String) {
    #expect(DialogueLanguage.objection(to: language, cues(text))?.contains(word) == true)
  }
}
