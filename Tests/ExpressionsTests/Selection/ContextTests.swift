import Expressions
import Subtitles
import Testing

@Suite struct ContextTests {
  private func context(
    of phrase: String, cue: Int, in lines: [String?], limits: GroupingLimits = usualLimits
  ) throws -> Context? {
    try groups([candidate(phrase, cues: [cue])], in: dialogue(lines), limits: limits).first?.context
  }

  @Test func aContextIsWholeSentencesAndStopsAtASilence() throws {
    let found = try context(
      of: "goes on", cue: 3,
      in: [
        "Before the pause.", nil, "This sentence begins here", "and goes on",
        "until it ends up here.", nil, "After the pause.",
      ])
    #expect(found == Context(firstCue: 2, lastCue: 4))
  }

  @Test func anAnswerComesWithItsQuestion() throws {
    let lines = ["Nothing.", "So you gave up on me after all those years?", "Yes I did.", "Fine."]
    var limits = usualLimits
    limits.contextMinimum = .seconds(1)
    #expect(
      try context(of: "gave up", cue: 2, in: lines, limits: limits)
        == Context(firstCue: 2, lastCue: 3))
    #expect(
      try context(of: "I did", cue: 3, in: lines, limits: limits)
        == Context(firstCue: 2, lastCue: 3))
    #expect(
      try context(of: "fine", cue: 4, in: lines, limits: limits) == Context(firstCue: 4, lastCue: 4)
    )
  }

  @Test(arguments: [
    (["I met Mr.", "Smith."], [Context(firstCue: 1, lastCue: 2)]),
    (["It trailed off...", "...and went on."], [Context(firstCue: 1, lastCue: 2)]),
    (
      ["It trailed off...", "Then another."],
      [Context(firstCue: 1, lastCue: 1), Context(firstCue: 2, lastCue: 2)]
    ),
    (
      ["I was going to", "- Stop it."],
      [Context(firstCue: 1, lastCue: 1), Context(firstCue: 2, lastCue: 2)]
    ),
    (
      ["He said \"no.\"", "Really."],
      [Context(firstCue: 1, lastCue: 1), Context(firstCue: 2, lastCue: 2)]
    ),
    (["本当ですか？", "はい。"], [Context(firstCue: 1, lastCue: 1), Context(firstCue: 2, lastCue: 2)]),
  ])
  func sentencesEndWhereTheyEnd(lines: [String], sentences: [Context]) {
    #expect(Dialogue(transcript: dialogue(lines)).sentences == sentences)
  }

  @Test func withoutMarksEachCueIsASentence() {
    let transcript = dialogue((1...20).map { "그렇게 말하지 마 \($0)" })
    #expect(Dialogue(transcript: transcript).sentences.count == 20)
  }

  @Test func aSentenceBeyondAnyClipIsDividedAtItsLongestPauses() {
    var cues: [Cue] = []
    var time = MediaTime.zero
    for number in 1...30 {
      cues.append(
        Cue(
          number: number, start: time, end: time + .seconds(2),
          text: number % 10 == 5 || number < 5 ? "Yes." : "And so on"))
      time = time + .seconds(number == 14 ? 4 : 2.1)
    }
    // Marks are there, so the run of cues 26 to 30 is one sentence.
    let dialogue = Dialogue(transcript: Transcript(language: "en", cues: cues))
    #expect(dialogue.sentences.map(\.lastCue) == [1, 2, 3, 4, 5, 15, 25, 30])
    for index in cues.indices { cues[index].text = index == 29 || index < 6 ? "Yes." : "And so on" }
    let long = Dialogue(transcript: Transcript(language: "en", cues: cues))
    #expect(long.sentences.contains { $0.lastCue == 14 }, "the longest pause")
    #expect(long.sentences.allSatisfy { long.length(of: $0) <= Dialogue.longest })
  }

  @Test func aSentenceBeyondTheMaximumStaysWhole() throws {
    // 11 cues of 2.5 s: 27 s.
    let lines =
      ["Yes."] + [nil] + (1...10).map { "word\($0) and" } + ["the end.", nil, "Good.", "Fine."]
    let found = try context(of: "word5", cue: 6, in: lines)
    #expect(found == Context(firstCue: 2, lastCue: 12))
  }
}
