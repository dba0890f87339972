import Expressions
import Logging
import Settings
import Store

// What came of a batch, as rows.
extension EpisodeSteps {
  /// Writes an answer that was paid for, however long the disk may refuse it.
  func keep(
    _ reply: ExtractionPool.Reply, for pending: PendingBatch, _ request: ExtractionRequest,
    of episode: EpisodeRecord
  ) async {
    let key =
      (try? ContentKey.key(for: pending.batch, request: request, extractor: reply.extractor))
      ?? pending.contentKey
    let kept = KeptAnswer(
      contentKey: key, extractor: "\(reply.extractor.name) \(reply.extractor.version)",
      model: reply.answer.model, answer: reply.answer.answer, usage: reply.answer.usage,
      costUSD: reply.costUSD, latency: reply.latency, rawText: reply.answer.rawText,
      createdAt: Self.now)
    for (reason, count) in kept.answer.rejected.sorted(by: { $0.key < $1.key }) {
      logger.notice(
        "items of an answer dropped",
        metadata: [
          "batch": "\(pending.batch.number)", "reason": "\(reason)", "count": "\(count)",
        ])
    }
    let isStopped = Counter()
    await withTaskCancellationHandler {
      // Unstructured, for a stop must not come between an answer that was paid for and its row.
      await Task { await write(kept, for: pending, of: episode, isStopped: isStopped) }.value
    } onCancel: {
      _ = isStopped.increment()
    }
  }

  private func write(
    _ kept: KeptAnswer, for pending: PendingBatch, of episode: EpisodeRecord, isStopped: Counter
  ) async {
    var triesAfterStop = 3
    while true {
      do {
        return try await store.recordAnswer(kept, to: pending, of: episode.id, now: Self.now)
      } catch {
        if isStopped.value > 0 { triesAfterStop -= 1 }
        guard triesAfterStop > 0 else {
          return logger.critical(
            "an answer was lost: the program stops, and the store can't be written",
            metadata: ["batch": "\(pending.batch.number)", "reason": "\(error)"])
        }
        if StoreFault(error) == .diskRefuses, gate.standstill == nil {
          gate.standstill = WorkGate.Standstill(
            reason: """
              an answer that was paid for can't be written (\(error)): free space in \(settings.stateFolder); \
              it is held, and work goes on by itself
              """, until: Self.now + Conveyor.diskPace)
        }
        logger.critical(
          "an answer can't be written; it is held and tried again in a moment",
          metadata: ["reason": "\(error)"])
        try? await Task.sleep(for: .seconds(isStopped.value > 0 ? 1 : 5))
      }
    }
  }

  func split(
    _ pending: PendingBatch, _ request: ExtractionRequest, _ tooBig: ExtractionPool.TooBig,
    of episode: EpisodeRecord
  ) async throws -> Bool {
    let identity = plannedIdentity(request)
    let isSplit = try await store.split(
      pending, of: episode.id, leadInCues: settings.extraction.leadInCues,
      extractor: "\(tooBig.extractor.name) \(tooBig.extractor.version)",
      mark: try ContentKey.key(
        for: pending.batch, request: request, extractor: tooBig.extractor),
      usage: tooBig.failure.usage, costUSD: tooBig.costUSD, now: Self.now,
      key: { try ContentKey.key(for: $0, request: request, extractor: identity) })
    if isSplit {
      logger.notice(
        "batch divided in two",
        metadata: ["batch": "\(pending.batch.number)", "reason": "\(tooBig.failure.reason)"])
    }
    return isSplit
  }

  /// - Returns: how many attempts there were.
  @discardableResult
  func recordFailure(
    _ failure: ExtractionFailure, of pending: PendingBatch, _ episode: EpisodeRecord,
    isFinal: Bool, counts: Bool = true
  ) async throws -> Int {
    let attempts = try await store.recordBatchFailure(
      pending, of: episode.id, reason: failure.reason, isFinal: isFinal, counts: counts,
      now: Self.now)
    logger.warning(
      isFinal ? "batch failed" : "batch not answered, tried again",
      metadata: [
        "batch": "\(pending.batch.number)", "reason": "\(failure.reason)",
        "attempts": "\(attempts)",
      ])
    return attempts
  }
}
