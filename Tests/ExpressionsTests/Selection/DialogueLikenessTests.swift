import Expressions
import Subtitles
import Testing

@Suite struct DialogueLikenessTests {
  private func lines(_ numbers: ClosedRange<Int>, of film: String) -> [String?] {
    let words = ["river", "button", "garden", "letter", "window", "engine", "market"]
    return numbers.map { number in
      let word = words[(number * number + film.count) % words.count]
      return "We took the \(word) to \(film) on day \(number), and \(number * 7) came back."
    }
  }

  @Test func theSameWordsInOtherCuesAreTheSameDialogue() {
    let all = lines(1...40, of: "Prague").compactMap(\.self)
    let merged = stride(from: 0, to: 40, by: 2).map { all[$0] + " " + all[$0 + 1] }
    #expect(DialogueLikeness.share(dialogue(all), dialogue(all)) == 1)
    #expect(DialogueLikeness.share(dialogue(all), dialogue(merged)) == 1)
  }

  @Test func aFewOtherLinesChangeLittle() {
    let one = lines(1...40, of: "Prague")
    let other = Array(one[..<36]) + lines(41...44, of: "Vienna")
    let share = DialogueLikeness.share(dialogue(one), dialogue(other))
    #expect(share > DialogueLikeness.same && share < 1)
  }

  @Test func anotherFilmIsAnother() {
    let one = dialogue(["Where have you been?", "I had to call it a day.", "So what now?"])
    let other = dialogue(["What have you done?", "I have to go now.", "So long."])
    #expect(DialogueLikeness.share(one, other) < 0.4)
    #expect(DialogueLikeness.share(one, dialogue([])) == 0)
    #expect(DialogueLikeness.share(dialogue([]), dialogue([])) == 0)
  }

  @Test func whatHoldsIsCounted() {
    let old = dialogue(["I had to call it a day.", "We'll figure it out.", "Never give up."])
    let new = dialogue(["Hello.", "I had to call it a day.", "We'll see.", "Never give up."])
    let candidates = [
      candidate("call it a day", cues: [1]), candidate("figure it out", cues: [2]),
      candidate("give up", cues: [3]), candidate("not said at all", cues: [1]),
    ]
    let grounding = Grounding(transcript: old)
    let outcome = Regrounding(from: old, to: new).holding(candidates, of: grounding)
    #expect(outcome.held == 2)
    #expect(outcome.of == 3, "what was never said does not count")
    let shifted = Regrounding.holding(
      candidates, of: grounding, in: Grounding(transcript: new), shifted: [(cues: 1...3, by: 1)])
    #expect(shifted.held == 2)
    #expect(shifted.of == 3)
  }
}
