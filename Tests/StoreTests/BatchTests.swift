import Expressions
import Store
import Subtitles
import SystemPackage
import Testing

@Suite struct BatchTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private struct Abort: Error {}

  @Test func aBatchThatIsTooBigBecomesTwo() async throws {
    let whole = batch(1, cues: 1...4, key: "whole")
    let id = try await store.extracting("/m/a.mkv", [whole, batch(2, cues: 5...6, key: "rest")])
    let isSplit = try await store.split(
      whole, of: id, leadInCues: 1, extractor: "test 1",
      usage: TokenUsage(input: 10, output: 20), now: 3, key: key(of:))
    #expect(isSplit)
    let pending = try await store.pending(id)
    #expect(pending.map(\.contentKey) == ["1-2+0", "3-4+1", "rest"])
    #expect(pending.map(\.batch.number) == [3, 4, 2])
    #expect(try await store.isTooBig("whole"))
    #expect(try await !store.isTooBig("rest"))
    #expect(try await store.keptAnswer("whole") == nil)
    #expect(try await !store.adoptAnswer("whole", for: pending[2], of: id))
    #expect(try await store.keptKeys(among: ["whole"]).isEmpty)

    // An answer to the half whose number the whole never had.
    try await store.recordAnswer(answer("1-2+0"), to: pending[0], of: id, now: 4)
    #expect(try await store.pending(id).map(\.contentKey) == ["3-4+1", "rest"])
  }

  @Test func contentThatIsTooBigIsNeverAskedWholeAgain() async throws {
    let whole = batch(1, cues: 1...4, key: "whole")
    let first = try await store.extracting("/m/a.mkv", [whole])
    #expect(
      try await store.split(whole, of: first, leadInCues: 1, now: 3, key: key(of:)))
    let halves = try await store.pending(first)
    #expect(
      try await store.split(halves[1], of: first, leadInCues: 1, now: 4, key: key(of:)))
    try await store.recordAnswer(answer("1-2+0"), to: halves[0], of: first, now: 5)

    // The same dialogue in another file: the half that is answered, and the quarters of the other.
    let second = try await store.extracting("/m/b.mkv", [whole])
    let pending = try await store.pending(second)
    #expect(pending.map(\.contentKey) == ["3-3+1", "4-4+1"])
    #expect(Set(pending.map(\.batch.number)).count == 2)
    let counts = try await store.batchCounts(of: second)
    #expect(counts.answered == 1)
    #expect(counts.pending == 2)
  }

  @Test func aSingleCueIsNotDivided() async throws {
    let single = batch(1, key: "one")
    let id = try await store.extracting("/m/a.mkv", [single])
    #expect(try await !store.split(single, of: id, leadInCues: 1, now: 3, key: key(of:)))
    #expect(try await !store.isTooBig("one"))
    #expect(try await store.pending(id) == [single])
  }

  @Test func aSplitHappensWholeOrNotAtAll() async throws {
    let whole = batch(1, cues: 1...4, key: "whole")
    let id = try await store.extracting("/m/a.mkv", [whole])
    await #expect(throws: Abort.self) {
      try await store.split(whole, of: id, leadInCues: 1, now: 3) { half in
        if half.cues.first?.number == 3 { throw Abort() }
        return key(of: half)
      }
    }
    #expect(try await !store.isTooBig("whole"))
    #expect(try await store.pending(id) == [whole])

    #expect(try await store.split(whole, of: id, leadInCues: 1, now: 3, key: key(of:)))
    let other = try await store.extracting("/m/b.mkv", [whole])
    await #expect(throws: Abort.self) {
      try await store.pendingBatches(of: other, leadInCues: 1) { half in
        if half.cues.first?.number == 3 { throw Abort() }
        return key(of: half)
      }
    }
    #expect(try await store.batchCounts(of: other).pending == 1)
    #expect(try await store.pending(other).map(\.contentKey) == ["1-2+0", "3-4+1"])
  }

  @Test func anAnswerThatCameMeanwhileCountsForMoreThanASplit() async throws {
    let whole = batch(1, cues: 1...4, key: "whole")
    let first = try await store.extracting("/m/a.mkv", [whole])
    let second = try await store.extracting("/m/b.mkv", [whole])
    try await store.recordAnswer(answer("whole"), to: whole, of: first, now: 3)
    #expect(try await store.split(whole, of: second, leadInCues: 1, now: 4, key: key(of:)))
    #expect(try await store.pending(second).isEmpty)
    #expect(try await store.keptAnswer("whole") != nil)

    // The other way round: what was paid for is kept.
    let next = batch(1, cues: 5...8, key: "next")
    let third = try await store.extracting("/m/c.mkv", [next])
    let fourth = try await store.extracting("/m/d.mkv", [next])
    #expect(try await store.split(next, of: third, leadInCues: 1, now: 5, key: key(of:)))
    try await store.recordAnswer(answer("next"), to: next, of: fourth, now: 6)
    #expect(try await store.keptAnswer("next") == answer("next"))
    #expect(try await store.pending(fourth).isEmpty)
  }

  @Test func aSplitOfABatchThatIsNoMoreDividesNothing() async throws {
    let old = batch(1, cues: 1...4, key: "old")
    let id = try await store.extracting("/m/a.mkv", [old])
    try await store.finish(id)
    #expect(try await store.reask(ids: [id], now: 11) == 1)
    let new = batch(1, cues: 1...4, key: "new")
    try await store.recordTranscripts(
      of: id, source: transcript, target: nil, batches: [new], now: 12)
    #expect(try await store.split(old, of: id, leadInCues: 1, now: 13, key: key(of:)))
    #expect(
      try await store.recordBatchFailure(old, of: id, reason: "x", isFinal: true, now: 14) == 0)
    #expect(try await store.pending(id) == [new])
  }

  @Test func attemptsAreCountedAndTheLastReasonIsKept() async throws {
    let batches = [batch(1, cues: 4...6, key: "b"), batch(2, cues: 1...3, key: "a")]
    let id = try await store.extracting("/m/a.mkv", batches)
    #expect(
      try await store.recordBatchFailure(
        batches[0], of: id, reason: "busy", isFinal: false, now: 3) == 1)
    for now in [4.0, 5.0] {
      #expect(
        try await store.recordBatchFailure(
          batches[0], of: id, reason: "away", isFinal: false, counts: false, now: now) == 1)
    }
    #expect(try await store.pending(id).map(\.attempts) == [0, 1])
    #expect(try await store.batchProblems(of: id).isEmpty)
    #expect(
      try await store.recordBatchFailure(
        batches[0], of: id, reason: "refused", isFinal: true, now: 6) == 2)
    try await store.recordBatchFailure(
      batches[1], of: id, reason: "blocked", isFinal: true, now: 7)
    let problems = try await store.batchProblems(of: id)
    #expect(problems.map(\.number) == [2, 1])
    #expect(problems.map(\.firstCue) == [1, 4])
    #expect(problems.map(\.lastCue) == [3, 6])
    #expect(problems.map(\.attempts) == [1, 2])
    #expect(problems.map(\.reason) == ["blocked", "refused"])
    #expect(
      try await store.incidents(of: id) == [
        "extracting: batch 1: busy", "extracting: batch 1: away", "extracting: batch 1: refused",
        "extracting: batch 2: blocked",
      ])
    let counts = try await store.batchCounts(of: id)
    #expect(counts.answered == 0)
    #expect(counts.failed == 2)
    #expect(try await store.overview(limit: 5).first?.batchesFailed == 2)
  }
}
