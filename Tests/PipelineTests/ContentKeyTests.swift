import Expressions
import Subtitles
import Testing

@testable import Pipeline

@Suite struct ContentKeyTests {
  private func key(
    text: String = "Hello.", start: Double = 0, number: Int = 1, target: String? = nil,
    version: String = "1", level: LanguageLevel = .b1, series: String? = nil,
    known: [String] = []
  ) throws -> String {
    let cue = Cue(
      number: number, start: .seconds(start), end: .seconds(start + 1), text: text)
    return try ContentKey.key(
      for: Batch(number: 1, leadIn: [], cues: [cue]),
      request: ExtractionRequest(
        sourceLanguage: "en", targetLanguage: target, level: LevelRange(level), known: known,
        hint: series.map { EpisodeHint(series: $0, episode: nil) }),
      extractor: ExtractorIdentity(name: "lexicon", version: version))
  }

  @Test func timesDoNotMatterAndEverythingElseDoes() throws {
    let plain = try key()
    #expect(try key(start: 30) == plain)
    #expect(try key(series: "Another name") == plain)
    #expect(try key(known: ["give up"]) == plain)
    let others = [
      try key(text: "Hello!"), try key(number: 2), try key(target: "ko"), try key(version: "2"),
      try key(level: .b2),
    ]
    #expect(Set(others + [plain]).count == 6)
    #expect(plain.count == 64)
  }
}
