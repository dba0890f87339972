import Expressions
import GRDB

/// An episode that may be extracted anew, with what that takes.
package struct ReaskEpisode: Sendable, Hashable {
  package var record: EpisodeRecord
  package var source: StoredTranscript
  /// Whether it has a transcript in the target language too.
  package var hasTarget: Bool
}

// What people ask for again.
extension EpisodeStore {
  /// Gives failed and waiting episodes another try, and done ones another try at their failed batches.
  /// - Parameter ids: only these; nil for all.
  /// - Returns: how many became work.
  package func retry(_ ids: [Int64]?, now: Double) async throws -> Int {
    try await write { database in
      let wanted = ids.map(Set.init)
      let waiting = try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM episode WHERE state IN ('failed', 'needs_subtitles', 'needs_provider')
            OR next_attempt_at IS NOT NULL
          """
      ).filter { wanted?.contains($0) ?? true }
      for id in waiting {
        // What is grouped or cut goes on with what it has; its failed batches are for a retry once it is done.
        if try !Self.isPastExtraction(id, database) { try Self.reopenBatches(of: id, database) }
        if try Self.apply(.retried, to: id, reason: nil, now, database) == nil {
          try database.execute(
            sql: "UPDATE episode SET next_attempt_at = NULL, attempts = 0 WHERE id = ?",
            arguments: [id])
        }
      }
      let incomplete = try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM episode WHERE state = 'done' AND \(Self.isThere)
            AND EXISTS (SELECT 1 FROM batch WHERE episode_id = episode.id AND state <> 'answered')
          """
      ).filter { wanted?.contains($0) ?? true }
      for id in incomplete {
        try Self.reopenBatches(of: id, database)
        try Self.apply(.batchesReopened, to: id, reason: nil, now, database)
      }
      return waiting.count + incomplete.count
    }
  }

  /// Sends episodes back to have their subtitles read and their batches planned under the present settings. Answers
  /// that are kept under the new keys are used; their origin stays.
  /// - Returns: how many became work: those that `episodesToReask` names.
  package func reask(ids: [Int64], now: Double) async throws -> Int {
    try await write { database in
      let known = try Int64.fetchAll(
        database, sql: "SELECT id FROM episode WHERE \(Self.canBeReasked)",
        arguments: ["ids": try Self.json(ids)])
      for id in known {
        // Without its batches nothing of what others than the first provider answered is taken over.
        try database.execute(sql: "DELETE FROM batch WHERE episode_id = ?", arguments: [id])
        try Self.forgetSelection(of: id, database)
        try Self.apply(.reasked, to: id, reason: nil, now, database)
      }
      return known.count
    }
  }

  /// Episodes that are at rest, have a transcript and are not gone; the oldest first.
  /// - Parameter ids: only these; nil for all.
  package func episodesToReask(ids: [Int64]?) async throws -> [ReaskEpisode] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(EpisodeRecord.columns), EXISTS (SELECT 1 FROM transcript
            WHERE episode_id = episode.id AND role = 'target') AS has_target
          FROM episode WHERE \(Self.canBeReasked) ORDER BY id
          """, arguments: ["ids": try ids.map(Self.json)]
      ).compactMap { row in
        let record = try EpisodeRecord(row: row)
        return try Self.transcript(of: record.id, role: "source", database).map {
          ReaskEpisode(record: record, source: $0, hasTarget: row["has_target"])
        }
      }
    }
  }

  /// The numbers of the episodes that `episodesToReask` would give, which holds each one's transcript.
  package func idsToReask() async throws -> [Int64] {
    try await pool.read { database in
      try Int64.fetchAll(
        database, sql: "SELECT id FROM episode WHERE \(Self.canBeReasked) ORDER BY id",
        arguments: ["ids": nil])
    }
  }

  /// Ends the waits of episodes that are with the extractor: other settings may let them go on.
  /// - Returns: how many waited.
  @discardableResult
  package func releaseExtraction(now: Double) async throws -> Int {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE episode SET next_attempt_at = NULL, updated_at = ?
          WHERE state = 'extracting' AND next_attempt_at IS NOT NULL
          """, arguments: [now])
      return database.changesCount
    }
  }

  // MARK: - Inside a transaction

  private static let canBeReasked = """
    state IN ('done', 'failed', 'needs_provider') AND \(isThere)
      AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
      AND EXISTS (SELECT 1 FROM transcript WHERE episode_id = episode.id AND role = 'source')
    """

  private static func isPastExtraction(_ id: Int64, _ database: Database) throws -> Bool {
    let state = try episode(id, database).state
    return state == .grouping || state == .cutting
  }

  private static func reopenBatches(of id: Int64, _ database: Database) throws {
    try database.execute(
      sql: """
        UPDATE batch SET state = 'pending', attempts = 0, waiting_since = NULL
        WHERE episode_id = ? AND state IN ('pending', 'failed')
        """, arguments: [id])
    try database.execute(
      sql: "UPDATE clip SET state = 'pending' WHERE episode_id = ? AND state = 'failed'",
      arguments: [id])
  }
}
