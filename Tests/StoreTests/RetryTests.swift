import Expressions
import Store
import SystemPackage
import Testing

@Suite struct RetryTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  @Test func failedBatchesOfADoneEpisodeAreTriedAgain() async throws {
    let batches = [batch(1, key: "one"), batch(2, key: "two")]
    let id = try await store.extracting("/m/a.mkv", batches)
    try await store.recordAnswer(answer("one"), to: batches[0], of: id, now: 3)
    try await store.recordBatchFailure(batches[1], of: id, reason: "no", isFinal: true, now: 4)
    #expect(
      try await store.retry([id], now: 5) == 0, "only failed or waiting episodes, and done ones")
    try await store.finish(id)
    #expect(try await store.retry([id + 1], now: 11) == 0)
    #expect(try await store.retry(nil, now: 12) == 1)
    #expect(try await store.episode(id).state == .extracting)
    #expect(try await store.pending(id) == [batches[1]], "without its former attempts")
    #expect(try await store.retry(nil, now: 13) == 0)
  }

  @Test func aRetryInTheMiddleOfACutLosesNoFailedBatch() async throws {
    let batches = [batch(1, key: "one"), batch(2, key: "two")]
    let id = try await store.extracting("/m/a.mkv", batches)
    try await store.recordAnswer(answer("one"), to: batches[0], of: id, now: 3)
    try await store.recordBatchFailure(batches[1], of: id, reason: "no", isFinal: true, now: 4)
    try await store.record(.extracted, of: id, now: 5)
    try await store.recordFailure(
      of: id, reason: "disk full", retryAt: 1_000, counts: false, now: 6)
    #expect(try await store.retry(nil, now: 7) == 1)
    #expect(try await store.episode(id).nextAttemptAt == nil)
    #expect(try await store.batchProblems(of: id).map(\.reason) == ["no"])
  }

  @Test func whatIsPlannedAnewKeepsItsAnswersUnlessItIsAskedAnew() async throws {
    let planned = batch(1, key: "of the first provider")
    let id = try await store.extracting("/m/a.mkv", [planned])
    try await store.recordAnswer(answer("of the second"), to: planned, of: id, now: 3)
    try await store.finish(id)
    try await store.record(.askedAgain, of: id, now: 11)
    try await store.recordTranscripts(
      of: id, source: transcript, target: nil, batches: [planned], now: 12)
    #expect(try await store.pending(id) == [])
    #expect(try await store.batchCounts(of: id).answered == 1)

    try await store.finish(id)
    #expect(try await store.reask(ids: [id], now: 21) == 1)
    try await store.recordTranscripts(
      of: id, source: transcript, target: nil, batches: [planned], now: 22)
    #expect(try await store.pending(id) == [planned])
  }

  @Test func aDayThatAPersonReopensHasRoomAgain() async throws {
    try await store.reserve([Reservation(provider: "p", day: "d", usd: 1)])
    try await store.closeDay("p", "d", requestLimit: 20)
    try await store.reopenDay("p", "d")
    #expect(try await store.spending(of: "p", day: "d") == DaySpending(requests: 1, usd: 1))
  }

  @Test func aDoneEpisodeThatIsCompleteOrGoneIsNotTriedAgain() async throws {
    let complete = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    try await store.recordAnswer(answer("one"), to: batch(1, key: "one"), of: complete, now: 3)
    try await store.finish(complete)
    let gone = try await store.extracting("/m/b.mkv", [batch(1, key: "two")])
    try await store.recordBatchFailure(
      batch(1, key: "two"), of: gone, reason: "no", isFinal: true, now: 4)
    try await store.finish(gone)
    try store.recordVanished("/m/b.mkv")
    #expect(try await store.retry(nil, now: 11) == 0)
    #expect(try await store.episode(gone).state == .done)
  }

  @Test func anEpisodeThatWaitsForItsProviderIsReleased() async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    let other = try await store.transcribing("/m/b.mkv")
    for waiting in [id, other] {
      try await store.recordFailure(
        of: waiting, reason: "tomorrow", retryAt: 1_000, counts: false, now: 3)
    }
    #expect(try await store.releaseExtraction(now: 4) == 1)
    #expect(try await store.nextEpisode(now: 5)?.id == id)
    #expect(try await store.episode(other).nextAttemptAt == 1_000)
    #expect(try await store.releaseExtraction(now: 6) == 0)
  }

  /// One episode in each state that matters, with a transcript where it may have one.
  private func rest() async throws -> (done: Int64, failed: Int64, inWork: Int64, gone: Int64) {
    let done = try await store.extracting("/m/done.mkv", [], origin: .request, target: transcript)
    try await store.finish(done)
    let failed = try await store.extracting("/m/failed.mkv", [])
    try await store.record(.failed, of: failed, reason: "no", now: 3)
    let inWork = try await store.extracting("/m/work.mkv", [])
    let gone = try await store.extracting("/m/gone.mkv", [])
    try await store.finish(gone)
    try store.recordVanished("/m/gone.mkv")
    // Never had its subtitles read.
    let unread = try await store.transcribing("/m/unread.mkv")
    try await store.record(.failed, of: unread, reason: "no", now: 3)
    return (done, failed, inWork, gone)
  }

  @Test func whatIsAtRestAndHasATranscriptCanBeAskedAnew() async throws {
    let (done, failed, inWork, gone) = try await rest()
    let all = try await store.episodesToReask(ids: nil)
    #expect(all.map(\.record.id) == [done, failed])
    #expect(all.map(\.hasTarget) == [true, false])
    #expect(all.map(\.source) == [transcript, transcript])
    let some = try await store.episodesToReask(ids: [failed, inWork, gone, 99])
    #expect(some.map(\.record.id) == [failed])
    #expect(try await store.episodesToReask(ids: []).isEmpty)
  }

  @Test func askingAnewReadsTheSubtitlesAgain() async throws {
    let (done, failed, inWork, gone) = try await rest()
    #expect(try await store.reask(ids: [], now: 5) == 0)
    #expect(try await store.reask(ids: [done, failed, inWork, gone, 99], now: 6) == 2)
    #expect(try await store.episode(done).state == .transcribing)
    #expect(try await store.episode(done).origin == .request)
    #expect(try await store.episode(failed).state == .transcribing)
    #expect(try await store.episode(failed).reason == nil)
    #expect(try await store.episode(failed).origin == .news)
    #expect(try await store.episode(inWork).state == .extracting)
    #expect(try await store.episode(gone).state == .done)

    // Found without a provider under the new settings, it keeps its transcript and can be asked anew later.
    try await store.record(.providerMissing, of: done, reason: "none", now: 7)
    #expect(try await store.reask(ids: [done], now: 8) == 1)
  }

  @Test func extractionMayRunBesideTheOtherSteps() async throws {
    let older = try await store.extracting("/m/a.mkv", [], origin: .news)
    let newer = try await store.extracting("/m/b.mkv", [], origin: .request)
    let other = try await store.transcribing("/m/c.mkv")
    func next(_ states: [EpisodeState]?, _ excluded: Set<Int64> = []) async throws -> Int64? {
      try await store.nextEpisode(now: 5, states: states, excluding: excluded)?.id
    }
    #expect(try await next([.extracting]) == newer)
    #expect(try await next([.extracting], [newer]) == older)
    #expect(try await next([.extracting], [newer, older]) == nil)
    #expect(try await next([.probing, .transcribing]) == other)
    #expect(try await next(nil, [newer]) == older)
    #expect(try await next([]) == nil)
    #expect(try await next(nil, Set(1...100_000)) == nil)
    #expect(EpisodeOrigin.allCases.sorted { $0.rank < $1.rank } == [.request, .news, .backlog])
  }
}
