import Subtitles
import Testing

@Suite struct TranscriptLengthTests {
  private func transcript(_ times: [(Double, Double)]) -> Transcript {
    Transcript(
      language: "en",
      cues: times.enumerated().map { index, time in
        Cue(number: index + 1, start: .seconds(time.0), end: .seconds(time.1), text: "x")
      })
  }

  @Test func whatLiesBeyondTheEndIsLeftOut() {
    let (kept, leftOut) = transcript([(1, 2), (58, 63), (60, 61), (144_000, 144_002)])
      .within(.seconds(60))
    #expect(kept.cues.map(\.start) == [.seconds(1), .seconds(58)])
    #expect(kept.cues.map(\.end) == [.seconds(2), .seconds(60)])
    #expect(leftOut == 2)
  }

  @Test func whatFitsStaysAsItIs() {
    let whole = transcript([(1, 2), (50, 60)])
    #expect(whole.within(.seconds(60)).transcript == whole)
    #expect(whole.within(.seconds(60)).leftOut == 0)
  }
}
