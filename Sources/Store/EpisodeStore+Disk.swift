import GRDB

// Disks that are full.
extension EpisodeStore {
  /// Writes as much as an answer takes, and removes it again. It returns when that was durable.
  package func tryToWrite() async throws {
    let name = "-"
    try await write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO keyframes (fingerprint, content) VALUES (?, ?)",
        arguments: [name, String(repeating: "0", count: 65_536)])
    }
    try await write {
      try $0.execute(sql: "DELETE FROM keyframes WHERE fingerprint = ?", arguments: [name])
    }
  }

  /// What the clips of a library's episodes take that are there, in bytes.
  package func clipBytes(inLibrary library: String) async throws -> Int64 {
    try await pool.read { database in
      let bytes = try Double.fetchOne(
        database,
        sql: """
          SELECT total(facts ->> '$.sizeBytes') FROM clip JOIN episode ON episode.id = episode_id
          WHERE library = ? AND clip.file IS NOT NULL AND clip.gone_at IS NULL AND facts IS NOT NULL
          """, arguments: [library])
      return Int64(bytes ?? 0)
    }
  }

  /// Has the episodes of a library whose clips are to be cut wait, for there is no room for any. No attempt is used up.
  package func postponeCutting(
    inLibrary library: String, reason: String, until time: Double, now: Double
  ) async throws {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE episode SET next_attempt_at = ?, reason = ?, updated_at = ?
          WHERE state = 'cutting' AND library = ? AND (next_attempt_at IS NULL OR next_attempt_at < ?)
          """, arguments: [time, reason, now, library, time])
      try database.execute(
        sql: """
          UPDATE episode SET early_after = ?
          WHERE state = 'extracting' AND library = ? AND early_after < ?
          """, arguments: [time, library, time])
    }
  }

  /// Whether clips of another episode of a library wait for the room whose want was told and is not over.
  /// - Parameter kind: of the trouble that was told.
  package func waitsForRoom(
    inLibrary library: String, besides id: Int64, kind: String
  ) async throws -> Bool {
    try await pool.read { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM episode JOIN trouble
              ON trouble.reason = episode.reason AND trouble.subject = episode.library
            WHERE kind = ? AND library = ? AND state = 'cutting' AND presence = 2 AND id <> ?)
          """, arguments: [kind, library, id]) ?? false
    }
  }

  /// Ends the waits that `postponeCutting` began for this reason.
  /// - Returns: how many waited.
  @discardableResult
  package func releaseCutting(
    inLibrary library: String, reason: String, now: Double
  ) async throws -> Int {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE episode SET early_after = 0
          WHERE state = 'extracting' AND library = ? AND early_after IS NOT NULL
          """, arguments: [library])
      try database.execute(
        sql: """
          UPDATE episode SET next_attempt_at = NULL, reason = NULL, updated_at = ?
          WHERE state = 'cutting' AND library = ? AND reason = ?
          """, arguments: [now, library, reason])
      return database.changesCount
    }
  }
}
