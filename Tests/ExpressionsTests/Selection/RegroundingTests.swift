import Expressions
import Subtitles
import Testing

@Suite struct RegroundingTests {
  private let lines: [String?] = [
    "Where have you been?", "I had to call it a day.", nil, "So what now?",
    "We'll figure it out.", "Yes.", nil, "Good night.", "Yes.", "See you around.",
  ]

  private func group(
    _ cues: ClosedRange<Int>, _ phrases: [(String, Int)], in transcript: Transcript
  ) throws -> Group {
    let grounding = Grounding(transcript: transcript)
    let expressions = try phrases.map { phrase, cue in
      try grounding.ground(candidate(phrase, cues: [cue])).get()
    }
    return Group(
      context: Context(firstCue: cues.lowerBound, lastCue: cues.upperBound),
      start: transcript.cues[cues.lowerBound - 1].start,
      end: transcript.cues[cues.upperBound - 1].end, expressions: expressions, alsoHere: [])
  }

  private func groups(in transcript: Transcript) throws -> [Group] {
    try [
      group(1...2, [("call it a day", 2)], in: transcript),
      group(3...5, [("figure it out", 4)], in: transcript),
      group(6...8, [("See you around", 8)], in: transcript),
    ]
  }

  @Test func theSameDialogueAtOtherTimesKeepsItsGroups() throws {
    let old = dialogue(lines)
    var new = old
    for index in new.cues.indices {
      new.cues[index].start = new.cues[index].start + .seconds(7)
      new.cues[index].end = new.cues[index].end + .seconds(7)
    }
    let groups = try groups(in: old)
    let outcome = Regrounding(from: old, to: new).regrounded(groups)
    #expect(outcome.lost == 0)
    for group in groups {
      let moved = try #require(outcome.groups[group.id])
      #expect(moved.context == group.context)
      #expect(moved.start == group.start + .seconds(7))
      #expect(moved.expressions == group.expressions)
    }
  }

  @Test func aLineThatIsNewMovesTheNumbersAfterIt() throws {
    let old = dialogue(lines)
    let new = dialogue(Array(lines[..<3]) + ["Hold on."] + Array(lines[3...]))
    let outcome = Regrounding(from: old, to: new).regrounded(try groups(in: old))
    #expect(outcome.lost == 0)
    #expect(outcome.groups[1]?.context == Context(firstCue: 1, lastCue: 2))
    #expect(outcome.groups[3]?.expressions.first?.firstCue == 5)
    #expect(outcome.groups[6]?.context == Context(firstCue: 7, lastCue: 9))
  }

  @Test func otherWordsAreTheSameIfTheExpressionIsStillSaid() throws {
    let old = dialogue(lines)
    let new = dialogue([
      "Where were you?", "Had to call it a day!", nil, "And what now?", "Let's figure it out,",
      "okay?", nil, "Night.", "Yes.", "See you around, then.",
    ])
    let outcome = Regrounding(from: old, to: new).regrounded(try groups(in: old))
    #expect(outcome.lost == 0)
    #expect(outcome.isCredible)
    #expect(outcome.groups.count == 3)
    for group in outcome.groups.values {
      for expression in group.expressions {
        #expect(group.context.contains(cue: expression.firstCue))
      }
    }
  }

  @Test func whatIsNotSaidAnyMoreIsLost() throws {
    let old = dialogue(lines)
    var changed = lines
    changed[1] = "I stopped working."
    let outcome = Regrounding(from: old, to: dialogue(changed)).regrounded(try groups(in: old))
    #expect(outcome.lost == 1)
    #expect(outcome.groups[1] == nil)
    #expect(outcome.groups.count == 2)
    #expect(outcome.isCredible)
  }

  @Test func anotherFilmIsNotCredible() throws {
    let old = dialogue(lines)
    let new = dialogue((1...10).map { "Something else, number \($0)." })
    let outcome = Regrounding(from: old, to: new).regrounded(try groups(in: old))
    #expect(outcome.groups.isEmpty)
    #expect(!outcome.isCredible)
    let empty = Transcript(language: "en", cues: [])
    #expect(!Regrounding(from: old, to: empty).regrounded(try groups(in: old)).isCredible)
  }

  /// Random changes of a random dialogue: no cue is ever in two groups, and each expression is where its group is.
  @Test func groupsStayApart() throws {
    var generator = SeededGenerator(seed: 17)
    let phrases = ["call it a day", "figure it out", "see you around", "hold on", "give up"]
    for _ in 0..<200 {
      var lines: [String?] = (0..<40).map { index in
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: nil
        case 1...3: "Well, \(phrases.randomElement(using: &generator) ?? "")!"
        case 4: "Yes."
        default: "This is line \(index) of it."
        }
      }
      let old = dialogue(lines)
      var groups: [Group] = []
      for cue in old.cues {
        guard groups.last.map({ $0.context.lastCue < cue.number - 1 }) ?? (cue.number > 1),
          let phrase = phrases.first(where: cue.text.contains)
        else { continue }
        groups.append(
          try group((cue.number - 1)...cue.number, [(phrase, cue.number)], in: old))
      }
      for _ in 0..<12 {
        let place = Int.random(in: lines.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: lines.remove(at: place)
        case 1: lines.insert("Another line \(place).", at: place)
        case 2: lines.swapAt(place, Int.random(in: lines.indices, using: &generator))
        default: lines[place] = lines[place].map { $0 + " Indeed." }
        }
      }
      let new = dialogue(lines)
      let outcome = Regrounding(from: old, to: new).regrounded(groups)
      var last = 0
      for group in outcome.groups.values.sorted(by: { $0.id < $1.id }) {
        #expect(group.context.firstCue > last)
        #expect(group.context.lastCue <= new.cues.count)
        #expect(group.end - group.start <= Dialogue.longest)
        last = group.context.lastCue
        for expression in group.expressions + group.alsoHere {
          #expect(group.context.contains(cue: expression.firstCue))
          #expect(group.context.contains(cue: expression.lastCue))
        }
      }
      let kept = outcome.groups.values.map(\.expressions.count).reduce(0, +)
      #expect(kept + outcome.lost == outcome.expressions)
    }
  }
}
