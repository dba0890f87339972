import Expressions
import Logging
import Settings
import Store
import Subtitles

extension EpisodeSteps {
  /// Has every batch answered that has no answer yet, several at once.
  func extract(_ episode: EpisodeRecord) async throws {
    var request = try await request(for: episode)
    request.known = try await knownPhrases(of: episode)
    let identity = plannedIdentity(request)
    let transcript = try await sourceTranscript(of: episode).transcript
    let chooser = try await chooser(of: episode, transcript)
    board.post(episode.id, "finding expressions", fraction: 0.1)
    // A batch that was split leaves two new ones behind.
    while true {
      let present = try await store.episode(episode.id)
      guard present.state == .extracting, !present.isGone else {
        logger.info("extraction ended; other subtitles have come, or the file is gone")
        return
      }
      let pending = try await store.pendingBatches(
        of: episode.id, leadInCues: settings.extraction.leadInCues,
        key: { [request] in try ContentKey.key(for: $0, request: request, extractor: identity) })
      guard !pending.isEmpty else { break }
      try await ask(pending, request, of: episode, chooser)
    }
    try await finishExtraction(of: episode)
  }

  /// What became of a batch.
  private enum BatchResult: Sendable {
    case answered, failed, wasSplit, drained
    /// The episode is with the extractor no more: other subtitles have come, or its file is gone.
    case superseded
    case closed(ExtractionPool.Closed)
    /// Something else than a provider failed, such as the store.
    case broken(any Error)
  }

  private struct Superseded: Error {}

  private func ask(
    _ pending: [PendingBatch], _ request: ExtractionRequest, of episode: EpisodeRecord,
    _ chooser: Chooser
  ) async throws {
    var closed: ExtractionPool.Closed?
    var isDrained = false
    var isSuperseded = false
    var broken: (any Error)?
    let counts = try await store.batchCounts(of: episode.id)
    var done = counts.answered + counts.failed
    let total = done + counts.pending
    await withTaskGroup(of: BatchResult.self) { group in
      // The pool limits what is in flight over all episodes. Once the first is answered twice as many wait, so that
      // a slot that gets free finds this episode's next batch before another episode's; not before, for the first
      // to come are the first to be asked, and the first clips want the first batches.
      var rest = pending[...]
      let width = max(1, pool.width)
      for batch in rest.prefix(width) {
        group.addTask { await outcome(of: batch, request, episode) }
      }
      rest = rest.dropFirst(width)
      var spare = width
      while let result = await group.next() {
        switch result {
        case .answered, .failed:
          done += 1
          let failure = await settle(episode, chooser)
          broken = broken ?? failure
        case .wasSplit: break
        case .drained: isDrained = true
        case .superseded: isSuperseded = true
        // The others in flight are waited for: they are paid for.
        case .closed(let reason): closed = closed ?? reason
        case .broken(let error): broken = broken ?? error
        }
        board.post(
          episode.id, "finding expressions: \(done) of \(total) batches",
          fraction: 0.1 + 0.5 * Double(done) / Double(max(1, total)))
        guard !isDrained, !isSuperseded, closed == nil, broken == nil else { continue }
        for batch in rest.prefix(1 + spare) {
          group.addTask { await outcome(of: batch, request, episode) }
        }
        rest = rest.dropFirst(1 + spare)
        spare = 0
      }
    }
    if let broken { throw broken }
    if isDrained {
      if gate.stops(try await store.episode(episode.id).origin) { throw WorkPaused() }
      throw CancellationError()
    }
    if let closed, !isSuperseded {
      try await store.recordWaiting(
        episode.id, now: Self.now, lateAfter: settings.extraction.lateAfter.seconds)
      throw StepFailure(closed)
    }
  }

  /// Chooses the clips that have become final, so that they can be cut while the other batches are out.
  /// - Returns: why that failed.
  private func settle(_ episode: EpisodeRecord, _ chooser: Chooser) async -> (any Error)? {
    do {
      // With nothing out the step after this one decides; and the lexicon has all answers in a moment.
      guard try await store.batchCounts(of: episode.id).pending > 0,
        pool.lanes(for: languages(of: episode).source).first.map({ pool.lanes[$0].day != nil })
          ?? false
      else { return nil }
      try await decide(episode, chooser, isLast: false)
      onDecision()
      return nil
    } catch {
      return error
    }
  }

  private func outcome(
    of pending: PendingBatch, _ request: ExtractionRequest, _ episode: EpisodeRecord
  ) async -> BatchResult {
    do {
      return try await answer(pending, request, of: episode)
    } catch {
      return .broken(error)
    }
  }

  /// Asks until the batch is answered, has failed for good, or nobody takes it.
  private func answer(
    _ pending: PendingBatch, _ request: ExtractionRequest, of episode: EpisodeRecord
  ) async throws -> BatchResult {
    var wait: Duration?
    while true {
      do {
        try await answerOnce(pending, request, of: episode, after: wait)
        return .answered
      } catch let closed as ExtractionPool.Closed {
        return .closed(closed)
      } catch is ExtractionPool.Drained {
        return .drained
      } catch is Superseded {
        return .superseded
      } catch let tooBig as ExtractionPool.TooBig {
        if try await split(pending, request, tooBig, of: episode) { return .wasSplit }
        try await recordFailure(tooBig.failure, of: pending, episode, isFinal: true)
        return .failed
      } catch let failure as ExtractionFailure {
        switch failure.kind {
        case .throttled, .daySpent, .unreachable, .refused:
          // Nobody's fault; the pool knows when, and by whom, it is answered.
          logger.info(
            "batch waits",
            metadata: ["batch": "\(pending.batch.number)", "reason": "\(failure.reason)"])
          wait = nil
        case .permanent, .split:
          try await recordFailure(failure, of: pending, episode, isFinal: true)
          return .failed
        case .retry:
          let attempts = try await recordFailure(failure, of: pending, episode, isFinal: false)
          guard attempts < Self.attemptsPerBatch else {
            let final = ExtractionFailure(
              kind: .permanent, reason: "not answered in \(attempts) attempts: \(failure.reason)")
            try await recordFailure(final, of: pending, episode, isFinal: true, counts: false)
            return .failed
          }
          wait = Backoff.fullJitter(
            attempt: attempts, base: .seconds(2), cap: .seconds(60), random: .random(in: 0..<1))
        }
      }
    }
  }

  private static let attemptsPerBatch = 5

  /// - Throws: also what says why there is no answer.
  private func answerOnce(
    _ pending: PendingBatch, _ request: ExtractionRequest, of episode: EpisodeRecord,
    after wait: Duration?
  ) async throws {
    // Another episode may hold the same dialogue, and its answer be on the way.
    try await turns.withTurn(pending.contentKey) {
      if try await store.adoptAnswer(pending.contentKey, for: pending, of: episode.id) { return }
      if try await store.isTooBig(pending.contentKey) {
        throw ExtractionPool.TooBig(
          extractor: plannedIdentity(request),
          failure: ExtractionFailure(kind: .split, reason: "it was too big for one answer before"),
          costUSD: 0)
      }
      // A person may have asked for it since this step began.
      let present = try await store.episode(episode.id)
      // What was asked is paid for and waited for; what was not, is not asked for lines that are others by now.
      guard present.state == .extracting, !present.isGone else { throw Superseded() }
      // Nothing more is asked; answers that are on their way are waited for.
      guard !gate.stops(present.origin) else { throw ExtractionPool.Drained() }
      try await pool.ask(
        pending.batch, request.knowingOnly(whatOccursIn: pending.batch.cues),
        priority: PoolPriority(
          rank: present.origin.rank, episode: episode.id, batch: pending.batch.number),
        after: wait,
        shortcut: { identity in
          // It may have waited for a slot for long.
          let present = try await store.episode(episode.id)
          guard present.state == .extracting, !present.isGone else { throw Superseded() }
          guard !gate.stops(present.origin) else { throw ExtractionPool.Drained() }
          return try await isKnown(pending, request, to: identity, of: episode)
        },
        keep: { await keep($0, for: pending, request, of: episode) })
    }
  }

  /// Whether what another provider than the planned one is about to be asked is known already.
  private func isKnown(
    _ pending: PendingBatch, _ request: ExtractionRequest, to identity: ExtractorIdentity,
    of episode: EpisodeRecord
  ) async throws -> Bool {
    let key = try ContentKey.key(for: pending.batch, request: request, extractor: identity)
    guard key != pending.contentKey else { return false }
    if try await store.adoptAnswer(key, for: pending, of: episode.id) { return true }
    guard try await store.isTooBig(key) else { return false }
    throw ExtractionPool.TooBig(
      extractor: identity,
      failure: ExtractionFailure(kind: .split, reason: "it was too big for one answer before"),
      costUSD: 0)
  }

  private func finishExtraction(of episode: EpisodeRecord) async throws {
    let counts = try await store.batchCounts(of: episode.id)
    // A retry that a person asked for meanwhile has reopened one.
    guard counts.pending == 0 else {
      throw StepFailure(.wait(.milliseconds(100)), "batches were reopened")
    }
    guard counts.answered > 0 || counts.failed == 0 else {
      let reason = try await store.batchProblems(of: episode.id).first?.reason
      throw StepFailure(
        .permanent,
        "none of its \(counts.failed) batches was answered\(reason.map { ": \($0)" } ?? "")")
    }
    try await store.record(.extracted, of: episode.id, now: Self.now)
  }
}
