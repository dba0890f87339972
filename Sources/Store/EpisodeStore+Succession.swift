import Expressions
import Foundation
import GRDB
import Subtitles
import SystemPackage

/// An episode that another file may be a better one of.
package struct Predecessor: Sendable, Hashable {
  package var id: Int64
  /// All of its places, also those where it is not any more.
  package var locations: [Whereabouts.Location]
  /// Whether the other file came to lie at its path.
  package var hadThePath: Bool
}

// A better file of an episode that is known.
extension EpisodeStore {
  /// The episodes that a file may be a better one of: the one whose path it has, those in its folder, and those whose
  /// file is gone; the latest first.
  /// - Parameters:
  ///   - paths: where the new file is.
  ///   - limit: how many of those that are gone, at most.
  package func predecessors(
    of id: Int64, at paths: [FilePath], limit: Int
  ) async throws -> [Predecessor] {
    try await pool.read { database in
      let owner = try Int64.fetchOne(
        database, sql: "SELECT predecessor FROM episode WHERE id = ?", arguments: [id])
      let folders = Set(paths.map { $0.removingLastComponent() })
      let near = try folders.flatMap { try Self.episodes(in: $0, database) }
      let gone = try Int64.fetchAll(
        database,
        sql: """
          SELECT id FROM episode WHERE fingerprint IS NOT NULL
            AND EXISTS (SELECT 1 FROM transcript WHERE episode_id = episode.id)
            AND NOT EXISTS (SELECT 1 FROM location WHERE episode_id = episode.id AND is_missing = 0)
          ORDER BY updated_at DESC, id DESC LIMIT ?
          """, arguments: [limit])
      var seen: Set<Int64> = [id]
      return try ([owner].compactMap { $0 } + near + gone).filter { seen.insert($0).inserted }
        .compactMap { other in
          let row = try Row.fetchOne(
            database,
            sql: """
              SELECT id FROM episode WHERE id = ? AND fingerprint IS NOT NULL AND state <> 'left_alone'
              """, arguments: [other])
          guard row != nil else { return nil }
          let locations = try Row.fetchAll(
            database, sql: "SELECT path, library, is_missing FROM location WHERE episode_id = ?",
            arguments: [other]
          ).map {
            Whereabouts.Location(
              path: FilePath(rawBytes: $0["path"]), library: $0["library"],
              isMissing: $0["is_missing"])
          }
          return Predecessor(id: other, locations: locations, hadThePath: other == owner)
        }
    }
  }

  /// Gives an episode the file of another one, which is no episode of its own any more. Its answers stay, and what was
  /// chosen; its cues are to be read from the new file, and its clips to be cut from it. The set that it has stays
  /// where it is until then. All in one transaction.
  package func recordSuccession(of id: Int64, by successor: Int64, now: Double) async throws {
    try await write { database in
      let new = try Self.episode(successor, database)
      let known = try Self.episode(id, database)
      guard let fingerprint = new.fingerprint, let probe = new.probe else {
        throw StoreError(code: .other, message: "episode \(successor) was not probed yet")
      }
      try database.execute(sql: "DELETE FROM location WHERE episode_id = ?", arguments: [id])
      try database.execute(
        sql: "UPDATE location SET episode_id = ? WHERE episode_id = ?", arguments: [id, successor])
      try database.execute(sql: "DELETE FROM episode WHERE id = ?", arguments: [successor])
      let origin = new.origin.rank < known.origin.rank ? new.origin : known.origin
      try database.execute(
        sql: """
          UPDATE episode SET fingerprint = ?, probe = ?, size_bytes = ?, library = ?, origin = ?,
            former_fingerprint = coalesce(former_fingerprint, fingerprint), state = 'transcribing',
            reason = NULL, attempts = 0, next_attempt_at = NULL, gone_at = NULL, place_after = ?,
            subtitles_after = NULL, refresh_after = NULL, early_after = NULL, updated_at = ?
          WHERE id = ?
          """,
        arguments: [
          fingerprint, probe, new.sizeBytes, new.library, origin.rawValue, now, now, id,
        ])
      try Self.uncut(id, database)
    }
  }

  // MARK: - Inside a transaction

  /// Episodes whose file lies, or last lay, in a folder itself.
  private static func episodes(in folder: FilePath, _ database: Database) throws -> [Int64] {
    let range = folder.rangeBelow
    return try Row.fetchAll(
      database,
      sql:
        "SELECT path, episode_id FROM location WHERE path > ? AND path < ? ORDER BY episode_id DESC",
      arguments: [range.start, range.end]
    ).compactMap { row in
      FilePath(rawBytes: row["path"]).removingLastComponent() == folder ? row["episode_id"] : nil
    }
  }
}
