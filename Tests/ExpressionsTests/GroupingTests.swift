import Expressions
import Subtitles
import Testing

@Suite struct GroupingTests {
  let limits = GroupingLimits(
    groups: 12, expressionsPerGroup: 3, contextMinimum: .seconds(6), contextMaximum: .seconds(20))

  private func expressions(_ candidates: [Candidate], in transcript: Transcript) throws
    -> [Expression]
  {
    let grounding = Grounding(transcript: transcript)
    return try candidates.map { try grounding.ground($0).get() }
  }

  @Test func whatSharesAContextSharesItsClip() throws {
    let transcript = dialogue([
      "Shall we call it a day?", "Yes. I give up.", "Good.", nil, "Something else entirely.",
    ])
    let groups = Grouping(transcript: transcript, limits: limits).groups(
      of: try expressions(
        [candidate("call it a day", cues: [1]), candidate("give up", cues: [2])], in: transcript))
    #expect(groups.count == 1)
    #expect(groups.first?.expressions.map(\.dictionaryForm) == ["call it a day", "give up"])
    #expect(groups.first?.context == Context(firstCue: 1, lastCue: 3))
  }

  @Test func keepsTheBestThreeAndTheRestAsAlsoHere() throws {
    let transcript = dialogue(["One two three four five six.", "And so on.", "Yes."])
    let words = ["one", "two", "three", "four", "five"]
    let candidates = words.enumerated().map {
      candidate($0.element, cues: [1], usefulness: 0.1 * Double($0.offset + 1))
    }
    let groups = Grouping(transcript: transcript, limits: limits)
      .groups(of: try expressions(candidates, in: transcript))
    #expect(groups.map { $0.expressions.map(\.phrase) } == [["three", "four", "five"]])
    #expect(groups.first?.alsoHere.map(\.phrase) == ["one", "two"])
  }

  @Test func aContextIsWholeSentencesAndStopsAtASilence() throws {
    let transcript = dialogue([
      "Before the pause.", nil, "This sentence begins here", "and goes on",
      "until it ends up here.",
      nil, "After the pause.",
    ])
    let groups = Grouping(transcript: transcript, limits: limits)
      .groups(of: try expressions([candidate("goes on", cues: [3])], in: transcript))
    #expect(groups.map(\.context) == [Context(firstCue: 2, lastCue: 4)])
  }

  @Test func aSentenceBeyondTheMaximumIsCutDownToItsCues() throws {
    let transcript = dialogue((1...20).map { "word\($0) without an end" })
    let groups = Grouping(transcript: transcript, limits: limits)
      .groups(of: try expressions([candidate("word10", cues: [10])], in: transcript))
    #expect(groups.map(\.context) == [Context(firstCue: 10, lastCue: 10)])
  }

  @Test func aCueLongerThanAnyClipGetsNone() throws {
    let long = Cue(number: 1, start: .zero, end: .seconds(178), text: "Shall we call it a day?")
    let transcript = Transcript(language: "en", cues: [long])
    let found = try expressions([candidate("call it a day", cues: [1])], in: transcript)
    #expect(Grouping(transcript: transcript, limits: limits).groups(of: found).isEmpty)
  }

  @Test func anotherOccurrenceMayFindThePlaceThatTheBestOneDidNot() throws {
    let long = Cue(number: 1, start: .zero, end: .seconds(60), text: "I give up.")
    let short = Cue(number: 2, start: .seconds(70), end: .seconds(72), text: "I give up.")
    let transcript = Transcript(language: "en", cues: [long, short])
    let found = try expressions(
      [
        candidate("give up", cues: [1], usefulness: 0.9),
        candidate("give up", cues: [2], usefulness: 0.5),
      ], in: transcript)
    let groups = Grouping(transcript: transcript, limits: limits).groups(of: found)
    #expect(groups.map(\.context) == [Context(firstCue: 2, lastCue: 2)])
  }

  @Test func spreadsOverTheEpisode() throws {
    let transcript = dialogue(
      (1...120).flatMap { ["Line number\($0) is spoken.", nil] as [String?] })
    // The best thirty are all at the start; later ones are a little worse.
    let candidates = (1...120).map {
      candidate("number\($0)", cues: [$0], usefulness: $0 <= 30 ? 0.9 : 0.6)
    }
    let groups = Grouping(transcript: transcript, limits: limits)
      .groups(of: try expressions(candidates, in: transcript))
    #expect(groups.count == 12)
    #expect(groups.count { $0.context.firstCue > 60 } >= 5)
  }

  @Test(arguments: 0..<60)
  func holdsItsPromises(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let lines: [String?] = (1...60).flatMap { number -> [String?] in
      let end = [".", "?", "", " and", "!"].randomElement(using: &generator) ?? "."
      let line = "alpha\(number) beta\(number) gamma\(number)\(end)"
      return Int.random(in: 0..<6, using: &generator) == 0 ? [line, nil] : [line]
    }
    let transcript = dialogue(lines)
    let candidates = (0..<40).map { _ in
      let cue = Int.random(in: 1...60, using: &generator)
      let word = ["alpha", "beta", "gamma"].randomElement(using: &generator) ?? "alpha"
      return candidate(
        "\(word)\(cue)", cues: [cue], usefulness: .random(in: 0...1, using: &generator))
    }
    let found = try expressions(candidates, in: transcript)
    let grouping = Grouping(transcript: transcript, limits: limits)
    let groups = grouping.groups(of: found)

    #expect(groups == grouping.groups(of: found.shuffled(using: &generator)), "order of arrival")
    #expect(groups.count <= limits.groups)
    #expect(groups.map(\.number) == Array(1...max(1, groups.count)).prefix(groups.count).map { $0 })
    for (group, next) in zip(groups, groups.dropFirst()) {
      #expect(group.context.lastCue < next.context.firstCue, "no cue in two groups, in time order")
    }
    var seen: Set<String> = []
    for group in groups {
      #expect((1...3).contains(group.expressions.count))
      #expect(group.end - group.start <= limits.contextMaximum)
      for expression in group.expressions + group.alsoHere {
        #expect(seen.insert(expression.dictionaryForm).inserted, "a phrase once an episode")
        #expect(
          expression.cueNumbers.allSatisfy {
            (group.context.firstCue...group.context.lastCue).contains($0)
          })
      }
    }
  }

  @Test func nothingGivesNothing() {
    let transcript = dialogue(["Hello."])
    #expect(Grouping(transcript: transcript, limits: limits).groups(of: []).isEmpty)
  }
}
