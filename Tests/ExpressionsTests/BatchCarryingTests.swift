import Expressions
import Subtitles
import Testing

@Suite struct BatchCarryingTests {
  private let plan = BatchPlan(cuesPerBatch: 10, leadInCues: 2)
  private let lines: [String?] = (1...40).map { "Line \($0)." }

  @Test func onlyTheBatchAroundANewLineIsAnother() {
    let old = plan.batches(of: dialogue(lines))
    let new = dialogue(Array(lines[..<14]) + ["A new one."] + Array(lines[14...]))
    let carried = Batch.carried(old, into: new)
    #expect(carried.map(\.number) == [1, 3, 4])
    #expect(carried.map(\.firstCue) == [1, 22, 32])
    #expect(carried[1].cues.map(\.text) == old[2].cues.map(\.text))
    let added = plan.batches(of: new, besides: carried)
    #expect(added.flatMap(\.cues).map(\.number) == Array(11...21))
    #expect(added.allSatisfy { $0.number > 4 && $0.leadIn.count == 2 })
    #expect(added.first?.leadIn.map(\.number) == [9, 10])
  }

  @Test func otherTimesAreTheSameBatches() {
    var new = dialogue(lines)
    for index in new.cues.indices { new.cues[index].end = new.cues[index].end + .seconds(0.2) }
    let old = plan.batches(of: dialogue(lines))
    let carried = Batch.carried(old, into: new)
    #expect(carried.map(\.number) == [1, 2, 3, 4])
    #expect(carried.flatMap(\.cues) == new.cues)
    #expect(plan.batches(of: new, besides: carried).isEmpty)
  }

  @Test func everyCueIsInOneBatchWhateverChanged() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      // Few different lines, so that many places are alike.
      var lines: [String?] = (0..<60).map { _ in
        "Line \(Int.random(in: 0..<8, using: &generator))."
      }
      let old = plan.batches(of: dialogue(lines)).filter { _ in
        Bool.random(using: &generator)
      }
      for _ in 0..<Int.random(in: 0...4, using: &generator) {
        let place = Int.random(in: lines.indices, using: &generator)
        if Bool.random(using: &generator) { lines.remove(at: place) } else { lines[place] = "New." }
      }
      let new = dialogue(lines)
      let carried = Batch.carried(old, into: new)
      let all = carried + plan.batches(of: new, besides: carried)
      #expect(
        all.flatMap(\.cues).sorted { $0.number < $1.number } == new.cues)
      #expect(Set(all.map(\.number)).count == all.count)
    }
  }

  @Test func answersGoWithTheirLines() {
    let answer = Answer(
      candidates: [candidate("call it a day", cues: [3, 4])], translations: [3: "drei"])
    let moved = answer.shifted(by: 2)
    #expect(moved.candidates.first?.cueNumbers == [5, 6])
    #expect(moved.translations == [5: "drei"])
    #expect(moved.shifted(by: -2) == answer)
    #expect(answer.shifted(by: .max).candidates.count == 1)
  }
}
