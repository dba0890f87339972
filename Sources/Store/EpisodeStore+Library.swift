import Expressions
import Foundation
import GRDB
import SystemPackage

/// A file as a scan or an event saw it.
package struct FileStamp: Sendable, Hashable {
  package var path: FilePath
  package var sizeBytes: Int64
  /// Time of last change in nanoseconds since 1970.
  package var modified: Int64

  package init(path: FilePath, sizeBytes: Int64, modified: Int64) {
    self.path = path
    self.sizeBytes = sizeBytes
    self.modified = modified
  }
}

// What the library room asks and tells. All of it blocks: it is called on the watcher's own thread.
extension EpisodeStore {
  package func isFirstScan(of library: String) throws -> Bool {
    try pool.read { database in
      try Double.fetchOne(
        database, sql: "SELECT first_scan_at FROM library WHERE name = ?", arguments: [library])
        == nil
    }
  }

  /// Those of `files` that are not recorded with the same path, size and time of change.
  package func unknown(among files: [FileStamp]) throws -> [FileStamp] {
    try pool.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT 1 FROM location WHERE path = :path AND size_bytes = :size AND modified_ns = :modified
            AND is_missing = 0
          UNION ALL
          SELECT 1 FROM sidecar WHERE path = :path AND size_bytes = :size AND modified_ns = :modified
          """)
      return try files.filter { file in
        try Int.fetchOne(
          statement,
          arguments: [
            "path": file.path.rawBytes, "size": file.sizeBytes, "modified": file.modified,
          ]) == nil
      }
    }
  }

  /// The places of episodes and subtitles that a scan should find again.
  package func knownPaths(in library: String) throws -> [FilePath] {
    try pool.read { database in
      try Data.fetchAll(
        database,
        sql: """
          SELECT path FROM location WHERE library = :library AND is_missing = 0
          UNION ALL SELECT path FROM sidecar WHERE library = :library
          """, arguments: ["library": library]
      ).map(FilePath.init(rawBytes:))
    }
  }

  /// Records what a library's first scan found, in one transaction.
  ///
  /// What is taken becomes `settling`, with a stamp that no file has, so that the watcher offers it once it has settled.
  package func recordBacklog(
    library: String, taken: [FileStamp], leftAlone: [FileStamp], now: Double
  ) throws {
    try pool.write { database in
      for (files, state) in [(taken, EpisodeState.settling), (leftAlone, .leftAlone)] {
        for file in files where try Self.location(of: file.path, database) == nil {
          var stamp = file
          if state == .settling { stamp.modified = -1 }
          try Self.insert(stamp, library: library, origin: .backlog, state: state, now, database)
        }
      }
      try database.execute(
        sql: """
          INSERT INTO library (name, first_scan_at) VALUES (?, ?)
          ON CONFLICT (name) DO UPDATE SET first_scan_at = excluded.first_scan_at
          """, arguments: [library, now])
    }
  }

  /// Where an episode that was left alone was, if it may be this file under another name.
  package func leftAloneTwin(of file: FileStamp) throws -> FilePath? {
    try pool.read { database in
      try Data.fetchOne(
        database,
        sql: """
          SELECT path FROM location JOIN episode ON episode.id = episode_id
          WHERE state = 'left_alone' AND location.size_bytes = ? AND modified_ns = ? AND path <> ?
          """, arguments: [file.sizeBytes, file.modified, file.path.rawBytes]
      ).map(FilePath.init(rawBytes:))
    }
  }

  /// Records that a file bears another name now.
  package func recordRename(from old: FilePath, to new: FilePath) throws {
    try pool.write { database in
      try database.execute(
        sql: "UPDATE location SET path = ?, is_missing = 0 WHERE path = ?",
        arguments: [new.rawBytes, old.rawBytes])
    }
  }

  /// Records a settled episode file. It becomes work, unless the same file is known at this path already.
  /// - Returns: the episode that became work, or nil.
  @discardableResult
  package func recordEpisodeFile(
    _ file: FileStamp, library: String, origin: EpisodeOrigin, now: Double
  ) throws -> Int64? {
    try pool.write { database in
      try Self.record(file, library: library, origin: origin, now, database)
    }
  }

  /// The same for many files, in one transaction.
  /// - Returns: for each file the episode that became work, or nil.
  @discardableResult
  package func recordEpisodeFiles(
    _ files: [FileStamp], library: String, origin: EpisodeOrigin, now: Double
  ) throws -> [Int64?] {
    try pool.write { database in
      try files.map { try Self.record($0, library: library, origin: origin, now, database) }
    }
  }

  /// Records that a file is gone from a path. Its episode and its answers are kept.
  package func recordVanished(_ path: FilePath) throws {
    try pool.write { try Self.markVanished(path, $0) }
  }

  /// The same for callers that must not block.
  package func markVanished(_ path: FilePath) async throws {
    try await write { try Self.markVanished(path, $0) }
  }

  private static func markVanished(_ path: FilePath, _ database: Database) throws {
    try database.execute(
      sql: "UPDATE location SET is_missing = 1 WHERE path = ?", arguments: [path.rawBytes])
    if let known = try location(of: path, database) {
      try tellOfPlace(known.episode, Date.now.timeIntervalSince1970, database)
    }
    try database.execute(sql: "DELETE FROM sidecar WHERE path = ?", arguments: [path.rawBytes])
  }

  // MARK: - Inside a transaction

  static func record(
    _ file: FileStamp, library: String, origin: EpisodeOrigin, _ now: Double, _ database: Database
  ) throws -> Int64? {
    guard let known = try location(of: file.path, database) else {
      return try insert(file, library: library, origin: origin, state: .probing, now, database)
    }
    let isSame = known.sizeBytes == file.sizeBytes && known.modified == file.modified
    let record = try Self.episode(known.episode, database)
    // Backlog stays left alone, also when its disk was away for a while; other bytes, or a request, are news.
    if record.state == .settling || (record.state == .leftAlone && (origin == .request || !isSame))
    {
      try stamp(file, episode: known.episode, library: library, database)
      return try apply(.taken, to: known.episode, reason: nil, now, database) == nil
        ? nil : known.episode
    }
    if isSame {
      try database.execute(
        sql: "UPDATE location SET is_missing = 0, library = ? WHERE path = ?",
        arguments: [library, file.path.rawBytes])
      if known.isMissing { try tellOfPlace(known.episode, now, database) }
      return known.isMissing && record.state.isWorking ? known.episode : nil
    }
    if record.fingerprint == nil {
      try stamp(file, episode: known.episode, library: library, database)
      try apply(.changed, to: known.episode, reason: nil, now, database)
      return known.episode
    }
    // Other bytes under a known name are another episode, until the fingerprint or the dialogue says otherwise.
    let id = try insert(file, library: library, origin: origin, state: .probing, now, database)
    try database.execute(
      sql: "UPDATE episode SET predecessor = ? WHERE id = ?", arguments: [known.episode, id])
    try tellOfPlace(known.episode, now, database)
    return id
  }

  @discardableResult
  private static func insert(
    _ file: FileStamp, library: String, origin: EpisodeOrigin, state: EpisodeState, _ now: Double,
    _ database: Database
  ) throws -> Int64 {
    try database.run(
      """
      INSERT INTO episode (library, origin, state, size_bytes, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """, [library, origin.rawValue, state.rawValue, file.sizeBytes, now, now])
    let id = database.lastInsertedRowID
    try stamp(file, episode: id, library: library, database)
    return id
  }

  static func stamp(
    _ file: FileStamp, episode: Int64, library: String, _ database: Database
  ) throws {
    try database.run(
      """
      INSERT INTO location (path, episode_id, library, size_bytes, modified_ns) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (path) DO UPDATE SET episode_id = excluded.episode_id, library = excluded.library,
        size_bytes = excluded.size_bytes, modified_ns = excluded.modified_ns, is_missing = 0
      """, [file.path.rawBytes, episode, library, file.sizeBytes, file.modified])
    try database.run(
      "UPDATE episode SET size_bytes = ?, library = ? WHERE id = ?",
      [file.sizeBytes, library, episode])
  }

  private static func location(
    of path: FilePath, _ database: Database
  ) throws -> (episode: Int64, sizeBytes: Int64, modified: Int64, isMissing: Bool)? {
    try database.row("SELECT * FROM location WHERE path = ?", [path.rawBytes]).map {
      ($0["episode_id"], $0["size_bytes"], $0["modified_ns"], $0["is_missing"])
    }
  }
}
