import Expressions
import Subtitles
import Testing

@Suite struct BatchTests {
  @Test(arguments: [0, 1, 4, 5, 6, 81, 500])
  func everyCueIsInOneBatch(count: Int) {
    let transcript = dialogue((0..<count).map { "Line \($0)." })
    let batches = BatchPlan(cuesPerBatch: 5, leadInCues: 2).batches(of: transcript)
    #expect(batches.flatMap(\.cues) == transcript.cues)
    #expect(batches.map(\.number) == Array(0..<batches.count).map { $0 + 1 })
    #expect(batches.allSatisfy { (1...5).contains($0.cues.count) })
    for (batch, before) in zip(batches.dropFirst(), batches) {
      #expect(batch.leadIn == Array(before.cues.suffix(2)))
    }
  }
}

@Suite struct EpisodeStateTests {
  @Test func theWholePath() {
    let events: [EpisodeEvent] = [.taken, .probed, .transcribed, .extracted, .grouped, .published]
    let end = events.reduce(EpisodeState.leftAlone) { $0.after($1) ?? .failed }
    #expect(end == .done)
  }

  @Test func lateSubtitlesGoOnWhereTheEpisodeWaited() {
    #expect(EpisodeState.transcribing.after(.subtitlesMissing) == .needsSubtitles)
    #expect(EpisodeState.needsSubtitles.after(.subtitlesArrived) == .transcribing)
  }

  @Test(arguments: EpisodeState.allCases)
  func onlyWorkCanFail(state: EpisodeState) {
    #expect((state.after(.failed) == .failed) == state.isWorking)
  }

  @Test(arguments: EpisodeState.allCases)
  func nothingIsDoneAgainByItself(state: EpisodeState) {
    for event: EpisodeEvent in [
      .taken, .probed, .transcribed, .extracted, .grouped, .published, .subtitlesArrived,
    ] {
      #expect(EpisodeState.done.after(event) == nil)
    }
    #expect(state == .leftAlone || state == .settling || state.after(.taken) == nil)
  }

  @Test func attemptsEnd() {
    let policy = RetryPolicy(waits: [.seconds(1), .seconds(2)])
    #expect(
      (1...4).map { policy.wait(afterAttempt: $0, random: 0.5) } == [
        .seconds(1), .seconds(2), nil, nil,
      ])
  }
}
