import Expressions
import GRDB
import SystemPackage

// What people do with published clips, and what is to be made anew for it.
extension EpisodeStore {
  /// Records that a person knows what a clip teaches.
  /// - Parameter file: the clip's, as its row names it.
  package func recordKnown(_ file: String, of id: Int64, now: Double) async throws {
    try await recordChange("known_at", now, ofClip: file, of: id, now: now)
  }

  /// Records that a person deleted a clip.
  /// - Parameters:
  ///   - file: the clip's, as its row names it.
  ///   - folder: where it was missed; nothing happens when its clips have another folder by now, or are on their way.
  package func recordGone(
    _ file: String, of id: Int64, in folder: FilePath? = nil, now: Double
  ) async throws {
    try await recordChange("gone_at", now, ofClip: file, of: id, in: folder, now: now)
  }

  /// Records that a person put a deleted clip back. What belonged to it went with it, so it is to be cut anew.
  /// - Parameter file: the clip's, as its row names it.
  package func recordPutBack(_ file: String, of id: Int64, now: Double) async throws {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE clip SET state = 'pending', reason = NULL, gone_at = NULL
          WHERE episode_id = ? AND file = ?
          """, arguments: [id, file])
      try database.run("UPDATE episode SET early_after = 0 WHERE id = ?", [id])
      try Self.apply(.resubtitled, to: id, reason: nil, now, database)
    }
  }

  private func recordChange(
    _ column: String, _ value: Double?, ofClip file: String, of id: Int64,
    in folder: FilePath? = nil, now: Double
  ) async throws {
    try await write { database in
      if let folder, try !Self.hasItsClips(id, in: folder, database) { return }
      try database.execute(
        // One that waited to be cut anew waits no more.
        sql: """
          UPDATE clip SET \(column) = ?, state = 'published' WHERE episode_id = ? AND file = ?
          """,
        arguments: [value, id, file])
      try database.execute(
        sql: "UPDATE episode SET refresh_after = ? WHERE id = ?", arguments: [now, id])
    }
  }

  /// An episode at rest whose set of clips was changed by a person since its reel and its manifest were made.
  package func nextRefresh(now: Double) async throws -> EpisodeRecord? {
    try await pool.read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT \(EpisodeRecord.columns) FROM episode INDEXED BY episode_by_refresh
          WHERE state = 'done' AND refresh_after <= ? ORDER BY refresh_after, id LIMIT 1
          """, arguments: [now]
      ).map(EpisodeRecord.init(row:))
    }
  }

  /// - Parameter time: when it is tried again if it is not completed before, in seconds since 1970.
  package func postponeRefresh(_ id: Int64, until time: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET refresh_after = ? WHERE id = ?", arguments: [time, id])
    }
  }

  /// Unless the set was changed again since it was postponed until `time`.
  package func completeRefresh(_ id: Int64, postponedUntil time: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET refresh_after = NULL WHERE id = ? AND refresh_after = ?",
        arguments: [id, time])
    }
  }
}
