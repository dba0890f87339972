import Expressions
import Foundation
import GRDB
import SystemPackage

extension EpisodeStore {
  /// An episode's clips, in the order of time.
  package func clips(of id: Int64) async throws -> [ClipRecord] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT \(ClipRecord.columns) FROM clip WHERE episode_id = ? ORDER BY number",
        arguments: [id]
      ).map(ClipRecord.init(row:))
    }
  }

  /// Remembers where an episode's clips go before anything is written there, so that a later try uses the same folder.
  package func recordFolder(_ folder: FilePath, of id: Int64) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET folder = ?, clips_lost_at = NULL WHERE id = ?",
        arguments: [folder.rawBytes, id])
    }
  }

  /// Records clips that lie under their final names, or could not be made.
  /// - Parameters:
  ///   - isLast: whether nothing more is to come, which moves the episode on with `reason`.
  ///   - notice: what is to be told of so many clips that are new, if anything; called once the episode is moved on.
  package func recordPublished(
    _ outcomes: [ClipOutcome], of id: Int64, isLast: Bool, reason: String?, now: Double,
    notice: (@Sendable (_ newClips: Int) throws -> String)? = nil
  ) async throws {
    try await write { database in
      for outcome in outcomes {
        if outcome.file != nil { try Self.countUntold(outcome.id, of: id, database) }
        try database.execute(
          sql: """
            UPDATE clip SET state = :state, file = :file, reason = :reason, facts = :facts,
              published_at = CASE WHEN :file IS NULL THEN NULL ELSE coalesce(published_at, :now) END
            WHERE episode_id = :episode AND number = :id
            """,
          arguments: [
            "state": outcome.file == nil ? "failed" : "published", "file": outcome.file,
            "reason": outcome.reason, "facts": outcome.facts, "now": now, "episode": id,
            "id": outcome.id,
          ])
      }
      // A clip that was put back meanwhile is still to be cut.
      let isWaiting = try Bool.fetchOne(
        database,
        sql: "SELECT EXISTS (SELECT 1 FROM clip WHERE episode_id = ? AND state = 'pending')",
        arguments: [id])
      if isLast, isWaiting != true {
        try database.execute(
          sql: "UPDATE episode SET former_fingerprint = NULL WHERE id = ?", arguments: [id])
        try Self.apply(.published, to: id, reason: reason, now, database)
        try Self.tell(of: id, notice, now, database)
      }
    }
  }

  /// Has all of an episode's clips cut again, for they are not where they were published; not those of known
  /// expressions.
  package func recordClipsMissing(of id: Int64, now: Double) async throws {
    try await write { database in
      guard try Self.apply(.clipsMissing, to: id, reason: nil, now, database) != nil else { return }
      try database.execute(
        sql: """
          UPDATE clip SET state = 'pending', file = NULL, facts = NULL, reason = NULL, gone_at = NULL
          WHERE episode_id = ? AND known_at IS NULL
          """, arguments: [id])
    }
  }

  /// The folders with published clips, of episodes in these libraries.
  package func publishedFolders(
    inLibraries names: [String]
  ) async throws -> [(episode: Int64, library: String, fingerprint: String, folder: FilePath)] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, library, coalesce(fingerprint, '') AS fingerprint, folder FROM episode WHERE folder IS NOT NULL
            AND library IN (SELECT value FROM json_each(?))
            AND NOT EXISTS (SELECT 1 FROM move WHERE episode_id = episode.id)
            AND EXISTS (SELECT 1 FROM clip WHERE episode_id = episode.id AND state = 'published'
              AND known_at IS NULL)
          ORDER BY id
          """, arguments: [try Self.json(names)]
      ).map {
        (
          episode: $0["id"], library: $0["library"], fingerprint: $0["fingerprint"],
          folder: FilePath(rawBytes: $0["folder"])
        )
      }
    }
  }
}
