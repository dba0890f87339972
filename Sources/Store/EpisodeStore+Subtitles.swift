import Expressions
import GRDB
import SystemPackage

import struct Foundation.Data

// Subtitles that come after their episode, or change.
extension EpisodeStore {
  /// Records a settled subtitle file, and that the subtitles of the episodes near it are to be looked at.
  /// - Parameter folders: where an episode that it belongs to would lie.
  /// - Returns: the episodes that became work, or may.
  package func recordSidecar(
    _ file: FileStamp, library: String, near folders: [FilePath], now: Double
  ) throws -> [Int64] {
    try pool.write { database in
      try database.execute(
        sql: """
          INSERT INTO sidecar (path, library, size_bytes, modified_ns) VALUES (?, ?, ?, ?)
          ON CONFLICT (path) DO UPDATE SET size_bytes = excluded.size_bytes,
            modified_ns = excluded.modified_ns
          """, arguments: [file.path.rawBytes, library, file.sizeBytes, file.modified])
      let near = try Set(folders.flatMap { try Self.episodes(near: file.path, in: $0, database) })
      return try near.sorted().filter { try Self.tellOfSubtitles($0, now, database) }
    }
  }

  /// An episode whose subtitles are to be looked at again, for something has happened to them since they were read.
  /// - Parameter paths: only episodes at these places; nil for all.
  package func nextToLookAt(
    now: Double, at paths: [FilePath]? = nil
  ) async throws -> EpisodeRecord? {
    let places = paths.map { databaseQuestionMarks(count: $0.count) }
    return try await pool.read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT \(EpisodeRecord.columns) FROM episode INDEXED BY episode_by_look
          WHERE subtitles_after <= ? AND state IN \(Self.haveSubtitles) AND \(Self.isThere)
            \(Self.isAt(places))
          ORDER BY subtitles_after, id LIMIT 1
          """, arguments: [now] + StatementArguments((paths ?? []).map(\.rawBytes))
      ).map(EpisodeRecord.init(row:))
    }
  }

  /// Whether an episode's subtitles are to be looked at right now.
  package func isToBeLookedAt(_ id: Int64, now: Double) async throws -> Bool {
    try await pool.read { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT state IN \(Self.haveSubtitles) AND subtitles_after <= ? FROM episode WHERE id = ?
          """, arguments: [now, id]) ?? false
    }
  }

  /// Has an episode's subtitles looked at again at a time, in seconds since 1970.
  package func postponeLook(at id: Int64, until time: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET subtitles_after = ? WHERE id = ?", arguments: [time, id])
    }
  }

  /// They are about to be read: what is told of them from here on counts.
  package func clearLook(at id: Int64) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET subtitles_after = NULL WHERE id = ?", arguments: [id])
    }
  }

  /// Records that an episode waits for subtitles, unless some have come since they were looked for.
  package func recordSubtitlesMissing(
    of id: Int64, reason: String, now: Double
  ) async throws -> Bool {
    try await write { database in
      let haveCome = try Bool.fetchOne(
        database, sql: "SELECT subtitles_after IS NOT NULL FROM episode WHERE id = ?",
        arguments: [id])
      guard haveCome != true else { return false }
      try Self.apply(.subtitlesMissing, to: id, reason: reason, now, database)
      return true
    }
  }

  /// Unless something has happened to them again since the look was postponed until `time`.
  package func completeLook(at id: Int64, postponedUntil time: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET subtitles_after = NULL WHERE id = ? AND subtitles_after = ?",
        arguments: [id, time])
    }
  }

  /// Tells people something of an episode that is at rest, where its state does not change.
  package func note(_ reason: String, of id: Int64, now: Double) async throws {
    try await write {
      try $0.execute(
        sql: "UPDATE episode SET reason = ?, updated_at = ? WHERE id = ? AND state = 'done'",
        arguments: [reason, now, id])
    }
  }

  // MARK: - Inside a transaction

  /// States in which an episode's subtitles were read, and others would make a difference.
  static let haveSubtitles = "('extracting', 'grouping', 'cutting', 'done')"

  /// - Returns: whether the episode has become work, or may.
  @discardableResult
  static func tellOfSubtitles(
    _ id: Int64, _ now: Double, _ database: Database
  ) throws -> Bool {
    if try apply(.subtitlesArrived, to: id, reason: nil, now, database) != nil { return true }
    try database.execute(
      sql: """
        UPDATE episode SET subtitles_after = ?
        WHERE id = ? AND (state IN \(haveSubtitles) OR state = 'transcribing')
        """, arguments: [now, id])
    return database.changesCount > 0
  }

  /// Episodes that lie in a folder itself and may own a subtitle file: in their own folder by its name, unless they are
  /// alone there.
  private static func episodes(
    near file: FilePath, in folder: FilePath, _ database: Database
  ) throws -> [Int64] {
    let range = folder.rangeBelow
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT path, episode_id FROM location WHERE path > ? AND path < ? AND is_missing = 0
        """, arguments: [range.start, range.end]
    )
    let here = rows.compactMap { row -> (path: FilePath, id: Int64)? in
      let path = FilePath(rawBytes: row["path"] as Data)
      return path.removingLastComponent() == folder ? (path, row["episode_id"]) : nil
    }
    let name = file.lastComponent?.string.lowercased() ?? ""
    let isBeside = file.removingLastComponent() == folder
    return here.filter { episode in
      !isBeside || here.count == 1 || name.hasPrefix(episode.path.stem?.lowercased() ?? "")
    }.map(\.id)
  }
}
