import Expressions
import Foundation
import Lexicon
import Subtitles
import Testing

/// What every answer of the extractor keeps to.
@Suite(.enabled(if: LexiconFixture.isInstalled, "needs wordnet-base"))
struct LexiconExtractorTests {
  private static let dialogue = LexiconFixture.cues([
    "- Did you figure it all out?\n- Not yet. It's up in the air.",
    "Listen, I ran into Anna's brother", "and he's been pulling", "strings for months.",
    "<i>I can't put up with it any longer!</i>", "Don’t let me down again, will you?",
    "THEY CALLED IT A DAY.", "You've got cold-feet, haven't you? So-called friends...",
    "By and large, it was a piece of cake 🎂 for him.", "",
  ])

  @Test func everyPhraseStandsInItsCues() async throws {
    let extractor = try await LexiconExtractor(folder: LexiconFixture.folder)
    let batch = Batch(number: 1, leadIn: [], cues: Self.dialogue)
    let found = try await extractor.answer(to: batch, for: LexiconFixture.request).answer.candidates
    #expect(found.count >= 7)
    for candidate in found {
      let cues = Self.dialogue.filter { candidate.cueNumbers.contains($0.number) }
      #expect(cues.count == candidate.cueNumbers.count)
      #expect(cues.map(\.spoken).joined(separator: " ").contains(candidate.phrase))
      #expect(candidate.cueNumbers == candidate.cueNumbers.sorted())
      #expect((0.4...1).contains(candidate.usefulness))
      #expect(["verb", "noun", "adjective", "adverb"].contains(candidate.partOfSpeech))
    }
    #expect(found.contains { $0.phrase == "pulling strings" && $0.cueNumbers == [3, 4] })
  }

  @Test func theSameBatchGivesTheSameAnswer() async throws {
    let batch = Batch(number: 1, leadIn: [], cues: Self.dialogue)
    let one = try await LexiconExtractor(folder: LexiconFixture.folder)
    let other = try await LexiconExtractor(folder: LexiconFixture.folder)
    let answer = try await one.answer(to: batch, for: LexiconFixture.request).answer.candidates
    #expect(
      try await one.answer(to: batch, for: LexiconFixture.request).answer.candidates == answer)
    #expect(
      try await other.answer(to: batch, for: LexiconFixture.request).answer.candidates == answer)
    #expect(one.identity == other.identity)
    #expect(one.identity == ExtractorIdentity(name: "lexicon", version: "wordnet-3.0/2"))
  }

  /// The demo's clips need this many to choose from.
  @Test func theDemoIsFullOfExpressions() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let script = try String(contentsOf: root.appending(path: "Demo/dead-air.txt"), encoding: .utf8)
    let lines = script.split(separator: "\n").compactMap { line -> String? in
      guard let colon = line.firstRange(of: ": "), !line.hasPrefix("#") else { return nil }
      return String(line[colon.upperBound...])
    }
    #expect(lines.count > 50)
    let batch = Batch(number: 1, leadIn: [], cues: LexiconFixture.cues(lines))
    let found = try await LexiconFixture.candidates(in: batch).filter { $0.usefulness >= 0.5 }
    #expect(Set(found.map(\.dictionaryForm)).count >= 20)
  }

  @Test func knowsEnglishOnly() async throws {
    let extractor = try await LexiconExtractor(folder: LexiconFixture.folder)
    #expect(extractor.supports(sourceLanguage: "en"))
    #expect(!extractor.supports(sourceLanguage: "ko"))
    #expect(!extractor.supports(sourceLanguage: "und"))
    await #expect(throws: ExtractionFailure.self) {
      try await extractor.answer(
        to: Batch(number: 1, leadIn: [], cues: []),
        for: ExtractionRequest(sourceLanguage: "ko", targetLanguage: "en"))
    }
  }
}
