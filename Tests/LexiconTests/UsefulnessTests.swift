import Expressions
import Testing

/// What is left out, and what goes before what.
@Suite(.enabled(if: LexiconFixture.isInstalled, "needs wordnet-base"))
struct UsefulnessTests {
  @Test(arguments: [
    "We flew to New York last week.", "I met the Prime Minister.",
    "Where is my coffee cup?", "What's your phone number?", "She is twenty five.",
    "Of course. Thank you very much. Right now?", "I had no time at all, not a lot.",
    "Go in the house. Come in!", "He came to the party and sat down.",
    "He lives in a big house and looks at the sea.",
    "Did you see the High Noon poster on Old Bones Hill?",
    "There was a break down the road.",
  ])
  func namesAndPlainWordsAreLeftOut(line: String) async throws {
    #expect(try await LexiconFixture.candidates(line) == [])
  }

  @Test func idiomsGoBeforePhrasalVerbsBeforeCompounds() async throws {
    let found = try await LexiconFixture.candidates(
      "He spilled the beans.", "Then he passed out.", "It took a lot of red tape.")
    let ranked = found.sorted { $0.usefulness > $1.usefulness }.map(\.dictionaryForm)
    #expect(ranked == ["spill the beans", "pass out", "red tape"])
  }

  @Test(arguments: [
    "hit the sack", "face the music", "cut corners", "piece of cake", "under the weather",
    "on the fence", "out of the blue", "once in a while", "from scratch", "off the hook",
    "for the time being", "fed up", "last straw", "rule of thumb", "couch potato", "big shot",
    "chicken out", "freak out", "show off", "end up", "count on", "get over", "call off",
  ])
  func idiomsOfEverydaySpeechAreFound(lemma: String) async throws {
    let found = try await LexiconFixture.candidates("Listen: \(lemma).")
    #expect(found.map(\.dictionaryForm) == [lemma])
    #expect(found.allSatisfy { $0.usefulness >= 0.5 && $0.usefulness <= 1 })
  }

  /// How often a compound is met says nothing; what its definition leaves open does.
  @Test func opaqueCompoundsGoBeforeThoseThatSayThemselves() async throws {
    let lie = try await LexiconFixture.candidates("That was a white lie about red tape.")
    #expect(lie.map(\.dictionaryForm) == ["white lie", "red tape"])
    #expect(lie.allSatisfy { $0.usefulness >= 0.5 })
    let plain = try await LexiconFixture.candidates(
      "The hotel room had a coffee cup.", "It was a train station with a parking space.")
    #expect(plain == [])
  }

  @Test func surenessCounts() async throws {
    let sure = try await LexiconFixture.candidates("He called off the match.")
    let unsure = try await LexiconFixture.candidates("He called off.")
    #expect(try #require(sure.first).usefulness > #require(unsure.first).usefulness)
  }
}
