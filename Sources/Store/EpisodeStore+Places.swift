import Expressions
import Foundation
import GRDB
import SystemPackage

/// Where an episode's file is, and what is known of the place of its clips.
package struct Whereabouts: Sendable, Hashable {
  package struct Location: Sendable, Hashable {
    package var path: FilePath
    package var library: String
    package var isMissing: Bool
  }

  /// In the order of their paths.
  package var locations: [Location]
  /// Since when the file is at none of them, in seconds since 1970.
  package var goneAt: Double?
  /// Whether the folder of its clips went when its file did.
  package var areClipsLost: Bool
  /// Whether another file that is not identified yet may be this one.
  package var isSoughtFor: Bool

  package var present: [Location] { locations.filter { !$0.isMissing } }
}

// Whether clips lie where their episode's file is.
extension EpisodeStore {
  /// An episode of whose file or clips something has moved, come or gone since their places were compared.
  /// - Parameter paths: only episodes at these places; nil for all.
  package func nextToPlace(
    now: Double, at paths: [FilePath]? = nil
  ) async throws -> EpisodeRecord? {
    let places = paths.map { databaseQuestionMarks(count: $0.count) }
    return try await pool.read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT \(EpisodeRecord.columns) FROM episode WHERE place_after <= ?
            \(places.map { "AND EXISTS (SELECT 1 FROM location WHERE episode_id = episode.id AND path IN (\($0)))" } ?? "")
          ORDER BY place_after, id LIMIT 1
          """, arguments: [now] + StatementArguments((paths ?? []).map(\.rawBytes))
      ).map(EpisodeRecord.init(row:))
    }
  }

  /// Whether an episode's places are to be compared right now.
  package func isToBePlaced(_ id: Int64, now: Double) async throws -> Bool {
    try await pool.read { database in
      try Bool.fetchOne(
        database, sql: "SELECT place_after <= ? FROM episode WHERE id = ?", arguments: [now, id])
        ?? false
    }
  }

  /// Has an episode's places compared at a time, in seconds since 1970.
  package func postponePlacing(_ id: Int64, until time: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET place_after = ? WHERE id = ?", arguments: [time, id])
    }
  }

  /// Unless something has happened again since it was postponed until `time`.
  package func completePlacing(_ id: Int64, postponedUntil time: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET place_after = NULL WHERE id = ? AND place_after = ?",
        arguments: [id, time])
    }
  }

  /// Takes up at once what another run may have left in the middle: looks at places, at subtitles and at changed sets are
  /// postponed before they begin.
  package func resumeLooks(now: Double) async throws {
    try await write {
      try $0.execute(
        sql: """
          UPDATE episode SET place_after = min(place_after, :now), refresh_after = min(refresh_after, :now),
            subtitles_after = min(subtitles_after, :now)
          WHERE coalesce(place_after, refresh_after, subtitles_after) IS NOT NULL
          """, arguments: ["now": now])
    }
  }

  /// The planner would look at every episode that has no fingerprint yet, or is in such a state: it is told better.
  static let whereaboutsSQL = """
    SELECT gone_at, clips_lost_at,
      EXISTS (SELECT 1 FROM episode AS other INDEXED BY episode_by_size
        WHERE other.fingerprint IS NULL AND other.size_bytes = episode.size_bytes
          AND other.state IN ('settling', 'probing'))
      OR EXISTS (SELECT 1 FROM episode AS other INDEXED BY episode_by_predecessor
        WHERE other.predecessor = episode.id AND other.state IN ('probing', 'transcribing'))
        AS is_sought
    FROM episode WHERE id = ?
    """

  package func whereabouts(of id: Int64) async throws -> Whereabouts {
    try await pool.read { database in
      let row = try Row.fetchOne(database, sql: Self.whereaboutsSQL, arguments: [id])
      let locations = try Row.fetchAll(
        database,
        sql: "SELECT path, library, is_missing FROM location WHERE episode_id = ? ORDER BY path",
        arguments: [id]
      ).map {
        Whereabouts.Location(
          path: FilePath(rawBytes: $0["path"]), library: $0["library"], isMissing: $0["is_missing"])
      }
      return Whereabouts(
        locations: locations, goneAt: row?["gone_at"], areClipsLost: row?["clips_lost_at"] != nil,
        isSoughtFor: row?["is_sought"] ?? false)
    }
  }

  /// Records the library that an episode's file is in by now.
  package func recordLibrary(_ library: String, of id: Int64) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET library = ? WHERE id = ? AND library <> ?",
        arguments: [library, id, library])
    }
  }

  /// Records that an episode's clips were found in a folder that somebody else has moved them into.
  /// - Parameter present: the clips that are there, as their rows name them; those that were missed are missed no more.
  package func recordFound(
    in folder: FilePath, present: [String], of id: Int64
  ) async throws {
    try await write { database in
      try database.execute(
        sql: "UPDATE episode SET folder = ?, clips_lost_at = NULL WHERE id = ?",
        arguments: [folder.rawBytes, id])
      try database.execute(
        sql: """
          UPDATE clip SET gone_at = NULL
          WHERE episode_id = ? AND file IN (SELECT value FROM json_each(?))
          """, arguments: [id, try Self.json(present)])
    }
  }

  /// Remembers that the folder of an episode's clips went with its file.
  package func recordClipsLost(of id: Int64, now: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET clips_lost_at = coalesce(clips_lost_at, ?) WHERE id = ?",
        arguments: [now, id])
    }
  }

  /// Records that a person deleted the whole folder of an episode's clips: every one of them stays deleted.
  /// - Returns: how many there were.
  @discardableResult
  package func recordFolderDeleted(
    of id: Int64, reason: String, now: Double
  ) async throws -> Int {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE clip SET gone_at = ?, state = 'published' WHERE episode_id = ? AND file IS NOT NULL
            AND state <> 'failed' AND known_at IS NULL AND gone_at IS NULL
          """, arguments: [now, id])
      let count = database.changesCount
      if count > 0 {
        try database.execute(
          sql: "UPDATE episode SET reason = ?, updated_at = ? WHERE id = ? AND state = 'done'",
          arguments: [reason, now, id])
      }
      return count
    }
  }

  /// Records that an episode's clips are no more, though nobody deleted one: they are cut anew as soon as its file is
  /// there. Those that a person deleted or knows stay what they are.
  package func recordClipsRemoved(of id: Int64) async throws {
    try await write { database in
      try Self.uncut(id, database)
      try database.execute(
        sql: "UPDATE episode SET folder = NULL, clips_lost_at = NULL WHERE id = ?", arguments: [id])
    }
  }

  /// Has clips cut that a set at rest lacks.
  /// - Returns: whether there are any.
  @discardableResult
  package func recordUncut(of id: Int64, now: Double) async throws -> Bool {
    try await write { database in
      let isWaiting = try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM clip JOIN episode ON episode.id = episode_id
            WHERE episode_id = ? AND clip.state = 'pending' AND episode.state = 'done')
          """, arguments: [id])
      guard isWaiting == true else { return false }
      try Self.apply(.resubtitled, to: id, reason: nil, now, database)
      return true
    }
  }

  // MARK: - Inside a transaction

  /// Something has happened to an episode's file: its clips may have to follow.
  static func tellOfPlace(_ id: Int64, _ now: Double, _ database: Database) throws {
    try database.execute(
      sql: """
        UPDATE episode SET place_after = :now,
          gone_at = CASE WHEN EXISTS (SELECT 1 FROM location WHERE episode_id = :id AND is_missing = 0)
            THEN NULL ELSE coalesce(gone_at, :now) END
        WHERE id = :id AND state NOT IN ('left_alone', 'settling')
        """, arguments: ["now": now, "id": id])
  }

  static func uncut(_ id: Int64, _ database: Database) throws {
    try database.execute(
      sql: """
        UPDATE clip SET state = 'pending', file = NULL, facts = NULL, reason = NULL
        WHERE episode_id = ? AND known_at IS NULL AND gone_at IS NULL
        """, arguments: [id])
  }

  static func hasItsClips(
    _ id: Int64, in folder: FilePath, _ database: Database
  ) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM episode WHERE id = ? AND folder = ?
          AND NOT EXISTS (SELECT 1 FROM move WHERE episode_id = episode.id))
        """, arguments: [id, folder.rawBytes]) ?? false
  }
}
