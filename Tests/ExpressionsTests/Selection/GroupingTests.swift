import Expressions
import Subtitles
import Testing

@Suite struct GroupingTests {
  @Test func whatSharesAContextSharesItsClip() throws {
    let transcript = dialogue([
      "Shall we call it a day?", "Yes. I give up.", "Good.", nil, "Something else entirely.",
    ])
    let groups = try groups(
      [candidate("call it a day", cues: [1]), candidate("give up", cues: [2])], in: transcript)
    #expect(groups.map { $0.expressions.map(\.dictionaryForm) } == [["call it a day", "give up"]])
    #expect(groups.first?.context == Context(firstCue: 1, lastCue: 3))
  }

  @Test func keepsTheBestThreeAndTheRestAsAlsoHere() throws {
    let transcript = dialogue(["One two three four five six.", "And so on.", "Yes."])
    let words = ["one", "two", "three", "four", "five"]
    let candidates = words.enumerated().map {
      candidate($0.element, cues: [1], usefulness: 0.1 * Double($0.offset + 1))
    }
    let outcome = try outcome(candidates, in: transcript)
    #expect(outcome.added.map { $0.expressions.map(\.phrase) } == [["three", "four", "five"]])
    #expect(outcome.added.first?.alsoHere.map(\.phrase) == ["one", "two"])
    #expect(
      outcome.verdicts.map(\.fate).sorted { $0.rawValue < $1.rawValue }
        == [.alsoHere, .alsoHere, .chosen, .chosen, .chosen])
  }

  @Test func contextsThatOverlapBecomeOneWhereThatFits() throws {
    // 2 s a cue and 0.5 s between them: to 6 s the first would grow to cue 3 and the second back to cue 2.
    let transcript = dialogue(["Aaa one.", "Bbb two.", "Ccc three.", "Ddd four.", nil, "Eee five."])
    let both = [candidate("one", cues: [1]), candidate("four", cues: [4])]
    #expect(try groups(both, in: transcript).map(\.context) == [Context(firstCue: 1, lastCue: 4)])
    var short = usualLimits
    short.contextMaximum = .seconds(9)
    let apart = try groups(both, in: transcript, limits: short)
    #expect(apart.count == 2, "10 s of dialogue do not fit")
    expectPromises(apart, in: transcript, short, "trimmed")
    #expect(apart.map(\.context.lastCue).last == 4)
  }

  @Test func fillingNeverTakesTheLinesOfAnotherExpression() throws {
    let transcript = dialogue(["Aaa one.", "Bbb two.", "Ccc three.", "Ddd four."])
    var limits = usualLimits
    limits.contextMaximum = .seconds(7)
    limits.mergeShare = 1
    let groups = try groups(
      [candidate("one", cues: [1], usefulness: 0.9), candidate("two", cues: [2], usefulness: 0.1)],
      in: transcript, limits: limits)
    #expect(groups.flatMap(\.expressions).map(\.phrase) == ["one", "two"])
    expectPromises(groups, in: transcript, limits, "both are there")
  }

  @Test func aPhraseIsChosenOnceAnEpisode() throws {
    let transcript = dialogue(["I give up.", nil, "He gives up.", nil, "To give up is bad."])
    let outcome = try outcome(
      [
        candidate("give up", cues: [1], usefulness: 0.2),
        candidate("gives up", "Give up", cues: [2], usefulness: 0.9),
        candidate("give up", "to give up", cues: [3], usefulness: 0.5),
      ], in: transcript)
    #expect(outcome.added.map(\.context.firstCue) == [2])
    #expect(outcome.verdicts.map(\.fate) == [.repeated, .chosen, .repeated])
    #expect(outcome.verdicts.map(\.context) == [2, 2, 2])
  }

  @Test func anotherOccurrenceMayFindThePlaceThatTheBestOneDidNot() throws {
    let long = Cue(number: 1, start: .zero, end: .seconds(60), text: "I give up.")
    let short = Cue(number: 2, start: .seconds(70), end: .seconds(72), text: "I give up.")
    let transcript = Transcript(language: "en", cues: [long, short])
    let outcome = try outcome(
      [
        candidate("give up", cues: [1], usefulness: 0.9),
        candidate("give up", cues: [2], usefulness: 0.5),
      ], in: transcript)
    #expect(outcome.added.map(\.context) == [Context(firstCue: 2, lastCue: 2)])
    #expect(outcome.verdicts.map(\.fate) == [.sentenceTooLong, .chosen])
  }

  @Test func whatIsKnownOrWasGivenIsNotChosen() throws {
    let transcript = dialogue(["I give up.", nil, "Call it a day.", nil, "Never mind."])
    let learner = Learner(
      known: [PhraseKey("give up")], given: [PhraseKey("Call it a day!")])
    let outcome = try outcome(
      [
        candidate("give up", cues: [1]), candidate("call it a day", cues: [2]),
        candidate("never mind", cues: [3]),
      ], in: transcript, learner: learner)
    #expect(outcome.added.flatMap(\.expressions).map(\.phrase) == ["never mind"])
    #expect(outcome.verdicts.map(\.fate) == [.known, .givenBefore, .chosen])
    #expect(outcome.verdicts.map(\.score.novelty) == [0, 0, 1])
  }

  @Test func spreadsOverTheEpisode() throws {
    let transcript = dialogue(
      (1...120).flatMap { ["Line number\($0) is spoken.", nil] as [String?] })
    // The best thirty are all at the start; later ones are a little worse.
    let candidates = (1...120).map {
      candidate("number\($0)", cues: [$0], usefulness: $0 <= 30 ? 0.9 : 0.6)
    }
    let groups = try groups(candidates, in: transcript)
    #expect(groups.count == 12)
    #expect(groups.count { $0.context.firstCue > 60 } == 6)
  }

  @Test func whatASliceLeavesGoesToTheOthers() throws {
    let transcript = dialogue(
      (1...120).flatMap { ["Line number\($0) is spoken.", nil] as [String?] })
    let candidates = (1...20).map { candidate("number\($0)", cues: [$0]) }
    #expect(try groups(candidates, in: transcript).count == 12)
  }

  @Test(arguments: 0..<150)
  func holdsItsPromises(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let episode = RandomEpisode(seed: seed)
    let chosen = try outcome(episode.candidates, in: episode.transcript, limits: episode.limits)
    expectPromises(chosen.added, in: episode.transcript, episode.limits, "seed \(seed)")
    #expect(chosen.added.count <= episode.limits.groups)
    let shuffled = try outcome(
      episode.candidates.shuffled(using: &generator), in: episode.transcript,
      limits: episode.limits)
    #expect(chosen == shuffled, "the order of arrival does not count")
    let fates = Dictionary(grouping: chosen.verdicts, by: \.fate).mapValues(\.count)
    #expect(fates[.chosen] == chosen.added.map(\.expressions.count).reduce(0, +))
    #expect(fates[.alsoHere] ?? 0 == chosen.added.map(\.alsoHere.count).reduce(0, +))
  }

  @Test func nothingGivesNothing() throws {
    #expect(try groups([], in: dialogue(["A line."])).isEmpty)
    #expect(try groups([], in: Transcript(language: "en", cues: [])).isEmpty)
  }
}
