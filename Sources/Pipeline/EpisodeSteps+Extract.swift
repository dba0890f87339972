import Expressions
import Logging
import Settings
import Store

extension EpisodeSteps {
  /// Has every batch answered that has no answer yet, several at once.
  func extract(_ episode: EpisodeRecord) async throws {
    let pending = try await store.pendingBatches(of: episode.id)
    let request = request(for: episode)
    var done = 0
    var firstProblem: String?
    board.post(episode.id, "finding expressions", fraction: 0.1)
    try await withThrowingTaskGroup(of: String?.self) { group in
      // The pool limits what is in flight over all episodes; this only keeps its waiting line short.
      var rest = pending[...]
      for batch in rest.prefix(settings.provider.limit) {
        group.addTask { try await answer(batch, request, of: episode) }
      }
      rest = rest.dropFirst(settings.provider.limit)
      while let problem = try await group.next() {
        firstProblem = firstProblem ?? problem
        done += 1
        board.post(
          episode.id, "finding expressions: batch \(done) of \(pending.count)",
          fraction: 0.1 + 0.5 * Double(done) / Double(max(1, pending.count)))
        if let batch = rest.popFirst() {
          group.addTask { try await answer(batch, request, of: episode) }
        }
      }
    }
    if let firstProblem { throw StepFailure(.retry, firstProblem) }
    try await finishExtraction(of: episode)
  }

  /// - Returns: why the batch is to be tried again, or nil when it is answered or has failed for good.
  private func answer(
    _ pending: PendingBatch, _ request: ExtractionRequest, of episode: EpisodeRecord
  ) async throws -> String? {
    do {
      let candidates = try await pool.candidates(in: pending.batch, for: request)
      // Unstructured, for a stop must not come between an answer that was paid for and its row.
      try await Task { [store, pool] in
        try await store.recordAnswer(
          candidates, to: pending, of: episode.id, extractor: pool.identity, now: Self.now)
      }.value
      return nil
    } catch let failure as ExtractionFailure {
      let isFinal = failure.kind == .permanent
      try await store.recordBatchFailure(
        pending, of: episode.id, reason: failure.reason, isFinal: isFinal, now: Self.now)
      logger.warning(
        "batch not answered",
        metadata: [
          "batch": "\(pending.batch.number)", "reason": "\(failure.reason)",
          "again": "\(!isFinal)",
        ])
      return isFinal ? nil : failure.reason
    }
  }

  private func finishExtraction(of episode: EpisodeRecord) async throws {
    let counts = try await store.batchCounts(of: episode.id)
    // A retry that a person asked for meanwhile has reopened one.
    guard counts.pending == 0 else {
      throw StepFailure(.wait(.milliseconds(100)), "batches were reopened")
    }
    guard counts.answered > 0 || counts.failed == 0 else {
      throw StepFailure(.permanent, "none of its \(counts.failed) batches was answered")
    }
    try await store.record(.extracted, of: episode.id, now: Self.now)
  }
}
