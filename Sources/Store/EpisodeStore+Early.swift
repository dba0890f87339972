import Expressions
import GRDB
import SystemPackage

// Clips that are published while later batches are still out.
extension EpisodeStore {
  /// An episode that is with the extractor and has clips to be cut already, or a batch that has waited too long for
  /// the others to wait for it.
  /// - Parameters:
  ///   - lateSince: a batch that has waited since this time, in seconds since 1970, is late.
  ///   - paths: only episodes at these places; nil for all.
  package func nextEarly(
    now: Double, lateSince: Double, at paths: [FilePath]? = nil
  ) async throws -> EpisodeRecord? {
    let places = paths.map { databaseQuestionMarks(count: $0.count) }
    return try await pool.read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT \(EpisodeRecord.columns) FROM episode INDEXED BY episode_by_early
          WHERE early_after <= ? AND state = 'extracting' AND \(Self.isThere)
            AND (EXISTS (SELECT 1 FROM clip WHERE episode_id = episode.id AND state = 'pending')
              OR EXISTS (SELECT 1 FROM batch WHERE episode_id = episode.id AND state = 'pending'
                AND waiting_since <= ?))
            \(Self.isAt(places))
          ORDER BY \(EpisodeOrigin.rankSQL), id LIMIT 1
          """,
        arguments: [now, lateSince] + StatementArguments((paths ?? []).map(\.rawBytes))
      ).map(EpisodeRecord.init(row:))
    }
  }

  /// Whether clips of an episode that is with the extractor are to be cut by themselves right now.
  package func hasEarlyClips(_ id: Int64, now: Double) async throws -> Bool {
    try await pool.read { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM episode JOIN clip ON episode_id = id
            WHERE id = ? AND episode.state = 'extracting' AND clip.state = 'pending'
              AND (early_after IS NULL OR early_after <= ?))
          """, arguments: [id, now]) ?? false
    }
  }

  /// Keeps an episode from being looked at early again before a time, in seconds since 1970.
  package func postponeEarly(_ id: Int64, until time: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET early_after = ? WHERE id = ?", arguments: [time, id])
    }
  }

  /// Remembers since when an episode's open batches wait for a provider that can't be asked.
  /// - Parameter lateAfter: how long they wait before what is there is published without them, in seconds.
  package func recordWaiting(_ id: Int64, now: Double, lateAfter: Double = 0) async throws {
    try await write { database in
      try database.run(
        """
        UPDATE batch SET waiting_since = coalesce(waiting_since, ?)
        WHERE episode_id = ? AND state = 'pending'
        """, [now, id])
      try database.run(
        "UPDATE episode SET early_after = coalesce(early_after, ?) WHERE id = ?",
        [now + lateAfter, id])
    }
  }
}
