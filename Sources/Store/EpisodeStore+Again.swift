import Expressions
import GRDB

// What people have done once more, or forgotten.
extension EpisodeStore {
  /// Gives failed episodes another try, not those that only wait.
  /// - Returns: how many became work.
  package func retryFailed(_ ids: [Int64]?, now: Double) async throws -> Int {
    let failed = try await pool.read { database in
      try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM episode WHERE state = 'failed'
            AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
          """, arguments: ["ids": try ids.map(Self.json)])
    }
    return failed.isEmpty ? 0 : try await retry(failed, now: now)
  }

  /// Has the clips of done episodes cut anew; nothing is asked. Clips that a person deleted or knows stay what they are.
  /// - Parameter ids: only these; nil for all.
  /// - Returns: how many episodes became work.
  package func recut(_ ids: [Int64]?, now: Double) async throws -> Int {
    try await write { database in
      let wanted = try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM episode WHERE state = 'done' AND \(Self.isThere)
            AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
            AND EXISTS (SELECT 1 FROM clip WHERE episode_id = episode.id
              AND known_at IS NULL AND gone_at IS NULL)
          """, arguments: ["ids": try ids.map(Self.json)])
      for id in wanted {
        try database.run(
          """
          UPDATE clip SET state = 'pending', reason = NULL
          WHERE episode_id = ? AND known_at IS NULL AND gone_at IS NULL
          """, [id])
        try Self.apply(.resubtitled, to: id, reason: nil, now, database)
      }
      return wanted.count
    }
  }

  /// What became of an episode that was to be forgotten.
  package enum Forgotten: Sendable, Hashable {
    /// Its file is not there any more, and neither is its row.
    case gone
    /// Its file is there: it is left alone from now on, until somebody asks for it.
    case leftAlone
  }

  /// Forgets all that is known of an episode: its dialogue, its batches, and what was chosen. Files stay where they are,
  /// and answers stay kept.
  /// - Returns: nil where there is no such episode.
  package func forget(_ id: Int64, now: Double) async throws -> Forgotten? {
    try await write { database in
      let isThere = try Bool.fetchOne(
        database, sql: "SELECT \(Self.isThere) FROM episode WHERE id = ?", arguments: [id])
      guard let isThere else { return nil }
      guard isThere else {
        try database.execute(sql: "DELETE FROM episode WHERE id = ?", arguments: [id])
        return .gone
      }
      for table in ["transcript", "batch", "incident"] {
        try database.execute(sql: "DELETE FROM \(table) WHERE episode_id = ?", arguments: [id])
      }
      try Self.forgetSelection(of: id, database)
      try database.execute(
        sql: """
          UPDATE episode SET state = 'left_alone', reason = NULL, attempts = 0, next_attempt_at = NULL,
            probe = NULL, folder = NULL, series = NULL, refresh_after = NULL, subtitles_after = NULL,
            fingerprint = NULL, origin = 'backlog', adopts = 0, updated_at = ? WHERE id = ?
          """, arguments: [now, id])
      return .leftAlone
    }
  }
}
