import Expressions
import GRDB
import Subtitles

extension EpisodeStore {
  /// Batches without an answer, in the order of their cues.
  ///
  /// On the way, in one transaction: those whose answer is kept are marked answered, those whose answer was deleted
  /// since are pending again, and those that are known to be too big for one answer are divided.
  /// - Parameters:
  ///   - leadInCues: so many cues before it go with the second half of a batch.
  ///   - key: the content key of a half.
  package func pendingBatches(
    of id: Int64, leadInCues: Int, key: @escaping @Sendable (Batch) throws -> String
  ) async throws -> [PendingBatch] {
    try await write { database in
      try Self.matchAnswers(of: id, database)
      // The halves may have answers, or be too big themselves; each turn leaves smaller ones.
      while case let tooBig = try Self.tooBigBatches(of: id, database), !tooBig.isEmpty {
        for pending in tooBig {
          try Self.divide(pending, of: id, leadInCues: leadInCues, key: key, database)
        }
        try Self.matchAnswers(of: id, database)
      }
      return try Row.fetchAll(
        database,
        sql: """
          SELECT \(PendingBatch.columns) FROM batch
          WHERE episode_id = ? AND state = 'pending' ORDER BY first_cue, number
          """, arguments: [id]
      ).map(PendingBatch.init(row:))
    }
  }

  /// Records that a batch has no answer; for good when `isFinal`.
  /// - Parameter counts: false for what is nobody's fault; it uses up no attempt.
  /// - Returns: the attempts so far; 0 when the episode has other batches by now.
  @discardableResult
  package func recordBatchFailure(
    _ pending: PendingBatch, of id: Int64, reason: String, isFinal: Bool, counts: Bool = true,
    now: Double
  ) async throws -> Int {
    try await write { database in
      let present = try Row.fetchOne(
        database,
        sql: """
          SELECT reason, attempts FROM batch WHERE episode_id = ? AND number = ?
            AND content_key = ? AND state <> 'answered'
          """, arguments: [id, pending.batch.number, pending.contentKey])
      guard let present else { return 0 }
      let attempts = (present["attempts"] as Int) + (counts ? 1 : 0)
      try database.execute(
        sql: """
          UPDATE batch SET state = ?, reason = ?, attempts = ? WHERE episode_id = ? AND number = ?
          """,
        arguments: [isFinal ? "failed" : "pending", reason, attempts, id, pending.batch.number])
      // A server that is away for a day must not fill the history with one sentence.
      if counts || present["reason"] as String? != reason {
        try database.execute(
          sql:
            "INSERT INTO incident (episode_id, at, step, reason) VALUES (?, ?, 'extracting', ?)",
          arguments: [id, now, "batch \(pending.batch.number): \(reason)"])
      }
      return attempts
    }
  }

  package func batchCounts(
    of id: Int64
  ) async throws -> (answered: Int, failed: Int, pending: Int) {
    try await pool.read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) FILTER (WHERE state = 'answered') AS answered,
            count(*) FILTER (WHERE state = 'failed') AS failed,
            count(*) FILTER (WHERE state = 'pending') AS pending
          FROM batch WHERE episode_id = ?
          """, arguments: [id])
      return (row?["answered"] ?? 0, row?["failed"] ?? 0, row?["pending"] ?? 0)
    }
  }

  /// An episode's failed batches, in the order of their cues.
  package func batchProblems(of id: Int64) async throws -> [BatchProblem] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT number, first_cue, attempts, coalesce(reason, '') AS reason,
            coalesce(json_extract(content, '$.cues[#-1].number'), first_cue) AS last_cue
          FROM batch WHERE episode_id = ? AND state = 'failed' ORDER BY first_cue, number
          """, arguments: [id]
      ).map {
        BatchProblem(
          number: $0["number"], firstCue: $0["first_cue"], lastCue: $0["last_cue"],
          attempts: $0["attempts"], reason: $0["reason"])
      }
    }
  }

  // MARK: - Inside a transaction

  static func insert(_ pending: PendingBatch, of id: Int64, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO batch (episode_id, number, content_key, content, first_cue, state)
        VALUES (?, ?, ?, ?, ?, 'pending')
        """,
      arguments: [
        id, pending.batch.number, pending.contentKey, try json(pending.batch),
        pending.batch.cues.first?.number ?? 0,
      ])
  }

  static func matchAnswers(of id: Int64, _ database: Database) throws {
    try database.execute(
      sql: """
        UPDATE batch SET state = 'answered', reason = NULL
        WHERE episode_id = ? AND state = 'pending'
          AND content_key IN (SELECT content_key FROM answer WHERE kind = 'answer')
        """, arguments: [id])
    try database.execute(
      sql: """
        UPDATE batch SET state = 'pending' WHERE episode_id = ? AND state = 'answered'
          AND content_key NOT IN (SELECT content_key FROM answer WHERE kind = 'answer')
        """, arguments: [id])
  }
}
