import Expressions
import Store
import SystemPackage
import Testing

@Suite struct AnswerUpkeepTests {
  let folder: TemporaryFolder
  let store: EpisodeStore
  /// Done; refers to "aa used".
  let episode: Int64

  /// Kept: "aa used" and "ab unused" of one model, "ba unused" of the lexicon, and a mark of what is too big.
  init() async throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
    let used = batch(1, key: "aa used")
    let big = batch(2, cues: 2...3, key: "big")
    episode = try await store.extracting("/m/a.mkv", [used, big])
    try await store.recordAnswer(
      answer("aa used", extractor: "gemini 1", model: "flash", rawText: "raw", createdAt: 10),
      to: used, of: episode, now: 10)
    // What was asked for under another plan.
    let former = batch(9, key: "former")
    try await store.recordAnswer(
      answer("ab unused", extractor: "gemini 1", model: "flash", createdAt: 20),
      to: former, of: episode, now: 20)
    try await store.recordAnswer(
      answer("ba unused", extractor: "lexicon 3", createdAt: 30), to: former, of: episode, now: 30)
    _ = try await store.split(big, of: episode, leadInCues: 0, now: 40, key: key(of:))
    for half in try await store.pending(episode) {
      try await store.recordBatchFailure(half, of: episode, reason: "no", isFinal: true, now: 41)
    }
    try await store.finish(episode)
  }

  private func keys() async throws -> [String] {
    try await store.answers(limit: 10, matching: AnswerFilter()).map(\.contentKey)
  }

  @Test func theSummaryIsByExtractorAndModel() async throws {
    let summary = try await store.answerSummary()
    #expect(summary.map(\.extractor) == ["gemini 1", "lexicon 3"])
    #expect(summary.map(\.model) == ["flash", nil])
    #expect(summary.map(\.count) == [2, 1])
    #expect(summary.map(\.unused) == [1, 1])
    #expect(summary.map(\.input) == [2_000, 1_000])
    #expect(summary.map(\.output) == [400, 200])
    #expect(summary.map(\.costUSD) == [0.004, 0.002])
    #expect(summary[0].rawBytes > 0)
    #expect(summary[1].rawBytes == 0)
    #expect(summary.map(\.oldest) == [10, 30])
    #expect(summary.map(\.newest) == [20, 30])
  }

  @Test func aListIsOfTheNewestThatMatch() async throws {
    #expect(try await keys() == ["ba unused", "ab unused", "aa used"])
    let newest = try await store.answers(limit: 1, matching: AnswerFilter())
    #expect(newest.map(\.contentKey) == ["ba unused"])
    let old = try await store.answers(
      limit: 9, matching: AnswerFilter(olderThan: 30, extractor: "gem"))
    #expect(old.map(\.contentKey) == ["ab unused", "aa used"])
    #expect(old.last?.rawText == "", "not loaded for a list")
    let unused = try await store.answers(limit: 9, matching: AnswerFilter(unusedOnly: true))
    #expect(unused.map(\.contentKey) == ["ba unused", "ab unused"])
  }

  @Test func anAnswerIsFoundByTheBeginningOfItsKey() async throws {
    #expect(try await store.answer(byKeyPrefix: "aa")?.rawText == "raw")
    #expect(try await store.answer(byKeyPrefix: "aa%") == nil)
    #expect(try await store.answer(byKeyPrefix: "big") == nil, "holds no answer")
    for prefix in ["a", ""] {
      let error = await #expect(throws: StoreError.self) {
        try await store.answer(byKeyPrefix: prefix)
      }
      #expect(error?.message.contains("several") == true)
    }
  }

  @Test func whatIsUnusedGoesAndTheMarksWithIt() async throws {
    let planned = try await store.prune(AnswerFilter(), dryRun: true)
    #expect(planned.count == 3)
    #expect(planned.bytes > 0)
    #expect(try await keys().count == 3)
    let done = try await store.prune(AnswerFilter(), dryRun: false)
    #expect(done == planned)
    #expect(try await keys() == ["aa used"])
    #expect(try await !store.isTooBig("big"))
    #expect(try await store.prune(AnswerFilter(unusedOnly: true), dryRun: false).count == 0)
  }

  @Test func conditionsNarrowWhatGoes() async throws {
    #expect(
      try await store.prune(AnswerFilter(olderThan: 30, extractor: "lexicon"), dryRun: false).count
        == 0)
    #expect(try await store.prune(AnswerFilter(extractor: "lexicon"), dryRun: false).count == 1)
    #expect(try await store.prune(AnswerFilter(olderThan: 21), dryRun: false).count == 1)
    #expect(try await keys() == ["aa used"])
    #expect(try await store.isTooBig("big"))
  }

  @Test func whatIsUsedGoesOnlyWhenThatIsSaid() async throws {
    #expect(try await store.prune(AnswerFilter(unusedOnly: false), dryRun: false).count == 4)
    #expect(try await keys().isEmpty)
    #expect(try await store.episode(episode).state == .done)
    // Another try at what had failed asks for the deleted answer too: its clips are chosen anew from all.
    #expect(try await store.retry([episode], now: 50) == 1)
    let pending = try await store.pending(episode)
    #expect(pending.map(\.contentKey) == ["aa used", "2-2+0", "3-3+0"])
  }

  @Test func whatAnEpisodeInWorkRefersToStays() async throws {
    #expect(try await store.retry([episode], now: 50) == 1)
    let everything = AnswerFilter(unusedOnly: false)
    #expect(try await store.prune(everything, dryRun: true).count == 3)
    try await store.record(.extracted, of: episode, now: 51)
    #expect(try await store.prune(everything, dryRun: false).count == 3)
    #expect(try await keys() == ["aa used"])
  }
}
