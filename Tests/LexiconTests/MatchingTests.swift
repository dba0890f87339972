import Expressions
import Lexicon
import Subtitles
import Testing

/// What is found in the dialogue, and as what.
@Suite(.enabled(if: LexiconFixture.isInstalled, "needs wordnet-base"))
struct MatchingTests {
  @Test(arguments: [
    ("Let's call it a day.", "call it a day", "call it a day"),
    ("They're calling it a day.", "calling it a day", "call it a day"),
    ("I figured out the answer.", "figured out", "figure out"),
    ("She finally figured it all out.", "figured it all out", "figure out"),
    ("They turned the offer down.", "turned the offer down", "turn down"),
    ("That shop ripped me off.", "ripped me off", "rip off"),
    ("He takes me for granted.", "takes me for granted", "take for granted"),
    ("Quit pulling my leg!", "pulling my leg", "pull someone's leg"),
    ("He broke Anna's heart.", "broke Anna's heart", "break someone's heart"),
    ("Make up your mind.", "Make up your mind", "make up one's mind"),
    ("I caught my breath.", "caught my breath", "catch one's breath"),
    ("They are pains in the neck.", "pains in the neck", "pain in the neck"),
    ("I was out of my league, by and large.", "by and large", "by and large"),
    ("I got cold-feet again.", "cold-feet", "cold feet"),
    ("We had a ball.\nReally.", "had a ball", "have a ball"),
    ("It\u{2019}s up in\nthe air.", "up in the air", "up in the air"),
    ("I'm on cloud nine!", "I'm on cloud nine", "be on cloud nine"),
    ("She won it hands down.", "hands down", "hands down"),
    ("Let's go Dutch.", "go Dutch", "go Dutch"),
  ])
  func findsInflectedAndSplitLemmas(
    line: String, phrase: String, dictionaryForm: String
  ) async throws {
    let found = try await LexiconFixture.candidates(line)
    let candidate = try #require(found.first { $0.phrase == phrase }, "\(found)")
    #expect(candidate.dictionaryForm == dictionaryForm)
    #expect(candidate.cueNumbers == [1])
    #expect(candidate.usefulness >= 0.5)
    #expect(!candidate.meaning.isEmpty)
    #expect(!candidate.meaning.contains("\""))
  }

  @Test(arguments: [
    "I figured, out of habit, that you knew.",
    "Turn the corner and go down the street.",
    "I figured you would go out.",
    "He walked the dog down the road.",
    "I figured the man who left was out.",
    "Call it, a day later, what you like.",
    "We will drop. The ball is yours.",
  ])
  func otherClausesAreNoPartOfAVerb(line: String) async throws {
    #expect(try await LexiconFixture.candidates(line) == [])
  }

  @Test func aSentenceGoesOnInTheNextCue() async throws {
    let found = try await LexiconFixture.candidates(
      "I think we should let the cat", "out of the bag tonight.")
    #expect(found.map(\.phrase) == ["let the cat out of the bag"])
    #expect(found.map(\.cueNumbers) == [[1, 2]])
    #expect(found.map(\.partOfSpeech) == ["verb"])
  }

  @Test(arguments: [
    ["I let the cat.", "out of the bag tonight."],
    ["I let the cat…", "out of the bag tonight."],
    ["I let the cat", "- out of the bag tonight."],
    ["I let the cat", "Out of the bag tonight."],
  ])
  func anotherSentenceDoesNot(lines: [String]) async throws {
    let found = try await LexiconFixture.candidates(lines[0], lines[1])
    #expect(!found.contains { $0.dictionaryForm.contains("cat") })
  }

  @Test func anotherSpeakerDoesNot() async throws {
    var cues = LexiconFixture.cues(["I let the cat", "out of the bag tonight."])
    cues[0].speaker = "Ann"
    cues[1].speaker = "Bob"
    let found = try await LexiconFixture.candidates(
      in: Batch(number: 1, leadIn: [], cues: cues))
    #expect(!found.contains { $0.dictionaryForm.contains("cat") })
  }

  @Test func theLeadInIsNotMined() async throws {
    let found = try await LexiconFixture.candidates(
      "out of the bag. Now spill the beans.", leadIn: ["Let's call it a day.", "Let the cat"])
    #expect(found.map(\.dictionaryForm) == ["spill the beans"])
    #expect(found.map(\.cueNumbers) == [[3]])
  }

  @Test func theLongestWins() async throws {
    let found = try await LexiconFixture.candidates(
      "He was on the spur of the moment, head over heels.")
    #expect(found.map(\.dictionaryForm) == ["on the spur of the moment", "head over heels"])
  }

  @Test func meaningFitsTheWayItStands() async throws {
    let knocked = try await LexiconFixture.candidates("Hey, knock it off!")
    #expect(knocked.first?.meaning == "stop pursuing or acting")
    #expect(knocked.first?.examples == ["knock it off!"])
    let story = try await LexiconFixture.candidates("You just made it up.")
    #expect(story.first?.meaning == "make up something artificial or untrue")
    let quits = try await LexiconFixture.candidates("They broke up.")
    #expect(quits.first?.meaning == "discontinue an association or relation; go different ways")
  }

  @Test func meaningFitsTheWordsAround() async throws {
    let plane = try await LexiconFixture.candidates("Our plane took off two hours late.")
    #expect(plane.first?.meaning == "depart from the ground")
    let coat = try await LexiconFixture.candidates("She took off her clothes.")
    #expect(coat.first?.meaning == "remove clothes")
  }

  @Test func examplesShowTheExpressionItself() async throws {
    let day = try await LexiconFixture.candidates("Let's call it a day.")
    #expect(day.first?.examples == [])
    let quits = try await LexiconFixture.candidates("Let's call it quits.")
    #expect(quits.first?.examples.count == 1)
  }

  @Test func emptyTextHoldsNothing() async throws {
    #expect(try await LexiconFixture.candidates() == [])
    #expect(try await LexiconFixture.candidates("", "   ", "♪ ♪", "...", "-") == [])
  }
}
