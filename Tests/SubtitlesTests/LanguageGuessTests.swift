import Foundation
import Subtitles
import Testing

@Suite struct LanguageGuessTests {
  @Test(arguments: SpokenSamples.texts)
  func aFewLinesDo(language: String, text: String) throws {
    let guess = try #require(LanguageGuess.of(SpokenSamples.cues(text)))
    #expect(guess.language == language)
    #expect(DialogueLanguage.objection(to: language, SpokenSamples.cues(text)) == nil)
  }

  /// Each language's lines are no other language's, unless the two are easily confused.
  @Test func noLanguageIsSurelyAnother() {
    for (language, text) in SpokenSamples.texts {
      let cues = SpokenSamples.cues(String(repeating: text + "\n", count: 6))
      let guess = LanguageGuess.of(cues)
      #expect(guess?.language == language)
      #expect((guess?.familyConfidence ?? 0) >= 75, "\(language): \(guess as Any)")
      for wanted in ["en", "es", "de", "ko", "ja", "ru", "sv"] where wanted != language {
        #expect(DialogueLanguage.objection(to: wanted, cues) != nil, "\(language) as \(wanted)")
      }
    }
  }

  @Test(
    .enabled(if: !SharedData.files(in: "subtitles").isEmpty, SharedData.reason))
  func wholeFilesAreRight() throws {
    for file in SharedData.files(in: "subtitles") {
      let name = file.deletingPathExtension().lastPathComponent.split(separator: ".")
      let cues = try SubtitleParser.parse(
        Array(Data(contentsOf: file)), .init(fileExtension: file.pathExtension)
      ).cues
      let guess = try #require(LanguageGuess.of(cues))
      let language = name.count > 1 ? String(name[1]) : "en"
      #expect(guess.language == language, "\(file.lastPathComponent)")
      #expect(guess.confidence >= 60, "\(file.lastPathComponent): \(guess)")
      // And of the first few lines.
      for count in [20, 40] {
        let some = LanguageGuess.of(Array(cues.prefix(count)))
        #expect(some?.language == language, "\(file.lastPathComponent), \(count) cues")
      }
    }
  }

  @Test func littleOrMixedTextIsNotSure() {
    #expect(LanguageGuess.of([]) == nil)
    #expect(LanguageGuess.of(SpokenSamples.cues("Um.")) == nil)
    #expect((LanguageGuess.of(SpokenSamples.cues("No. No. Oh, no!"))?.confidence ?? 0) < 50)
    let english = SpokenSamples.texts[0].text.split(separator: "\n")
    let chinese = SpokenSamples.texts.first { $0.language == "zh" }?.text.split(separator: "\n")
    let both = zip(english, chinese ?? []).map { "\($0) \($1)" }.joined(separator: "\n")
    #expect((LanguageGuess.of(SpokenSamples.cues(both))?.confidence ?? 100) < 90)
  }

  @Test func namesOfLanguages() {
    #expect(LanguageTag.englishName(of: "de") == "German")
    #expect(LanguageTag.englishName(of: "ko") == "Korean")
    #expect(LanguageTag.englishName(of: "xx") == nil)
  }
}
