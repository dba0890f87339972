import Lexicon
import Subtitles
import Testing

/// What counts as one expression where it stands, whether or not it is worth a clip.
@Suite(.enabled(if: LexiconFixture.isInstalled, "needs wordnet-base"))
struct RecognitionTests {
  private func found(_ line: String) throws -> [FoundExpression] {
    let finder = ExpressionFinder(wordNet: try WordNet(folder: LexiconFixture.folder))
    return try finder.expressions(in: LexiconFixture.cues([line]))
  }

  @Test(arguments: [
    ("They put the wedding off.", "put_off"), ("Pick it up and leave.", "pick_up"),
    ("The engine broke down last night.", "break_down"),
    ("She sorted it out tomorrow.", "sort_out"),
    ("My ship came in.", "come_in"), ("We ran into your cousin.", "run_into"),
    ("You can count on me.", "count_on"), ("He bore it all in mind.", "bear_in_mind"),
    ("This takes your help for granted.", "take_for_granted"),
    ("All of a sudden it rained.", "all_of_a_sudden"), ("He started from scratch.", "from_scratch"),
    ("The cake is at best dry.", "at_best"), ("I met her on the train by chance.", "by_chance"),
    ("That was a white lie.", "white_lie"), ("He is the black sheep here.", "black_sheep"),
    ("We drove to San Francisco.", "san_francisco"), ("The food is top notch.", "top-notch"),
    ("The shop needs a phone call.", "phone_call"),
  ])
  func expressions(line: String, lemma: String) throws {
    #expect(try found(line).map(\.lemma).contains(lemma))
  }

  @Test(arguments: [
    ("We went to the lake.", "go_to"), ("He looks at the sea.", "look_at"),
    ("They live in a tent.", "live_in"), ("I walked in the rain.", "walk_in"),
    ("It feels like rain.", "feel_like"),
    ("He has been ill.", "has-been"), ("There is much to do.", "to-do"),
    ("It would be fun.", "would-be"), ("It was in this box.", "in_this"),
    ("She sings as well as he does.", "as_well"), ("It rained for two weeks.", "two_weeks"),
    ("She is under fire hoses all day.", "under_fire"), ("I did it.", "do_it"),
    ("Is the cat on it?", "on_it"), ("The Open House Choir sings.", "open_house"),
    ("Take your coat on the boat.", "take_on"),
  ])
  func wordsThatOnlyMeet(line: String, lemma: String) throws {
    #expect(try !found(line).map(\.lemma).contains(lemma))
  }

  @Test(arguments: [
    ("He came in.", "come_in"), ("Of course he did.", "of_course"),
    ("We drove to San Francisco.", "san_francisco"), ("Where is my phone number?", "phone_number"),
    ("She works in a hotel room.", "hotel_room"),
  ])
  func whatIsRecognisedNeedNotBeWorthAClip(line: String, lemma: String) async throws {
    let expression = try #require(try found(line).first { $0.lemma == lemma })
    #expect(expression.confidence >= 0.4)
    #expect(expression.usefulness < 0.4)
    #expect(try await LexiconFixture.candidates(line) == [])
  }

  @Test func namesItsOwnWordsOnly() throws {
    let line = "Quit pulling Anna's leg!"
    let expression = try #require(try found(line).first)
    #expect(expression.lemma == "pull_someone's_leg")
    let bytes = Array(line.utf8)
    #expect(
      expression.words.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [
        "pulling", "leg",
      ])
    #expect(expression.words.map(\.lemma) == ["pull", "leg"])
    #expect(expression.words.map(\.cue) == [0, 0])
    let cloud = try #require(try found("She's on cloud nine.").first)
    #expect(cloud.words.map(\.lemma) == ["be", "on", "cloud", "nine"])
  }

  @Test func confidenceGrowsWithTheEvidence() throws {
    let verb = { (line: String) in
      try #require(try found(line).first { $0.partOfSpeech == .verb }).confidence
    }
    // An adverb leaves no doubt; "over" may be a preposition.
    #expect(try verb("Figure it out.") > verb("Think it over."))
    // With an object behind it the particle can only be an adverb, or not one at all.
    #expect(try verb("He called off the match.") > verb("He called off."))
  }

  @Test func lowerDemandsFindMore() throws {
    let wordNet = try WordNet(folder: LexiconFixture.folder)
    let cues = LexiconFixture.cues(["We went to the lake and looked at the sea in this boat."])
    let all = try ExpressionFinder(wordNet: wordNet, leastConfidence: 0.01).expressions(in: cues)
    let sure = try ExpressionFinder(wordNet: wordNet).expressions(in: cues)
    #expect(all.count > sure.count)
    #expect(all.allSatisfy { $0.confidence > 0 && $0.confidence < 1 })
  }
}
