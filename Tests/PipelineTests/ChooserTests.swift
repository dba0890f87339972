import Expressions
import Subtitles
import Testing

@testable import Pipeline
@testable import Store

/// What may be decided while batches are out.
@Suite struct ChooserTests {
  private let transcript = Transcript(
    language: "en",
    cues: (1...120).map { number in
      Cue(
        number: number, start: .seconds(Double(number) * 5), end: .seconds(Double(number) * 5 + 3),
        text: "Line number \(number).")
    })

  private var chooser: Chooser {
    Chooser(
      transcript: transcript,
      limits: GroupingLimits(
        groups: 12, expressionsPerGroup: 3, contextMinimum: .seconds(6),
        contextMaximum: .seconds(20)),
      learner: Learner(), frequency: SpeechFrequency([]), lateAfter: .seconds(600))
  }

  /// Four batches of 30 cues.
  private func batches(_ states: [BatchStanding.State], waitingSince: Double?) -> [BatchStanding] {
    states.enumerated().map { index, state in
      BatchStanding(
        firstCue: index * 30 + 1, lastCue: index * 30 + 30, state: state,
        waitingSince: state == .pending ? waitingSince : nil)
    }
  }

  @Test func lateBatchesHoldUpNothingThatIsThere() {
    let mixed: [BatchStanding.State] = [.pending, .pending, .answered, .pending]
    #expect(!chooser.canDecide(batches(mixed, waitingSince: 0), settledThrough: 0, now: 599))
    #expect(chooser.canDecide(batches(mixed, waitingSince: 0), settledThrough: 0, now: 601))
  }

  @Test func whereNothingIsThereNothingIsDecided() {
    let none = batches(Array(repeating: .pending, count: 4), waitingSince: 0)
    #expect(!chooser.canDecide(none, settledThrough: 0, now: 10_000))
    let first = batches([.answered, .pending, .pending, .pending], waitingSince: 0)
    let decision = chooser.decide(
      [], clips: [], first, settledThrough: 0, now: 10_000)
    #expect((1...30).contains(decision.outcome.settledThrough))
  }

  @Test func atTheEndAllIsDecided() {
    let all = batches([.answered, .failed, .answered, .answered], waitingSince: nil)
    #expect(
      chooser.decide([], clips: [], all, settledThrough: 0, now: 0).outcome.settledThrough == 120)
  }
}
