import Expressions
import Foundation
import GRDB
import SystemPackage

/// One episode with the counts that a person wants to see.
package struct EpisodeOverview: Sendable, Hashable {
  package var record: EpisodeRecord
  package var batchesDone: Int
  package var batchesFailed: Int
  package var batchesTotal: Int
  package var clipsPublished: Int
  package var clipsFailed: Int
  package var clipsTotal: Int
  package var updatedAt: Double
  /// Where its file is besides the record's path.
  package var otherPaths: [FilePath] = []
}

extension EpisodeOverview {
  static let selection = """
    SELECT \(EpisodeRecord.columns), episode.updated_at,
      (SELECT count(*) FROM batch WHERE episode_id = episode.id) AS batches,
      (SELECT count(*) FROM batch WHERE episode_id = episode.id AND state = 'answered') AS answered,
      (SELECT count(*) FROM batch WHERE episode_id = episode.id AND state = 'failed') AS batch_failures,
      (SELECT count(*) FROM clip WHERE episode_id = episode.id) AS clips,
      (SELECT count(*) FROM clip WHERE episode_id = episode.id AND state = 'published') AS published,
      (SELECT count(*) FROM clip WHERE episode_id = episode.id AND state = 'failed') AS clip_failures
    FROM episode
    """

  init(row: Row) throws {
    record = try EpisodeRecord(row: row)
    batchesDone = row["answered"]
    batchesFailed = row["batch_failures"]
    batchesTotal = row["batches"]
    clipsPublished = row["published"]
    clipsFailed = row["clip_failures"]
    clipsTotal = row["clips"]
    updatedAt = row["updated_at"]
  }
}

extension EpisodeStore {
  /// Every episode but those that were left alone and those whose file was replaced, the latest change first.
  package func overview(limit: Int) async throws -> [EpisodeOverview] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          \(EpisodeOverview.selection) WHERE state <> 'left_alone' AND presence > 0
          ORDER BY updated_at DESC, id DESC LIMIT ?
          """, arguments: [limit]
      ).map(EpisodeOverview.init(row:)).map { try Self.addingPlaces($0, database) }
    }
  }

  package func overview(of id: Int64) async throws -> EpisodeOverview? {
    try await pool.read { database in
      try Row.fetchOne(
        database, sql: "\(EpisodeOverview.selection) WHERE id = ?", arguments: [id]
      ).map(EpisodeOverview.init(row:)).map { try Self.addingPlaces($0, database) }
    }
  }

  private static func addingPlaces(
    _ overview: EpisodeOverview, _ database: Database
  ) throws -> EpisodeOverview {
    var overview = overview
    let statement = try database.cachedStatement(
      sql: "SELECT path FROM location WHERE episode_id = ? AND is_missing = 0 ORDER BY path")
    overview.otherPaths = try Data.fetchAll(statement, arguments: [overview.record.id])
      .map(FilePath.init(rawBytes:)).filter { $0 != overview.record.path }
    return overview
  }

  /// Episodes by state; those whose file is at none of its places are counted as gone only.
  package func counts() async throws -> (states: [EpisodeState: Int], gone: Int) {
    try await pool.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT state, \(Self.isThere) AS is_there, count(*) AS count FROM episode
          WHERE presence > 0 GROUP BY state, presence
          """)
      var states: [EpisodeState: Int] = [:]
      var gone = 0
      for row in rows {
        if row["is_there"] {
          states[try EpisodeRecord.state(row["state"])] = row["count"]
        } else {
          gone += row["count"]
        }
      }
      return (states, gone)
    }
  }

  /// Episodes of the backlog that were left alone: how many, and their size in bytes.
  package func leftAlone() async throws -> (episodes: Int, sizeBytes: Int64) {
    try await pool.read { database in
      let row = try Row.fetchOne(
        database,
        sql:
          """
          SELECT count(*) AS count, total(size_bytes) AS size
          FROM episode INDEXED BY episode_left_alone WHERE state = 'left_alone' AND \(Self.isThere)
          """
      )
      return (row?["count"] ?? 0, Int64(row?["size"] as Double? ?? 0))
    }
  }

  /// Where backlog lies that was left alone, each episode at one of its places; the newest first.
  package func leftAlonePaths() async throws -> [FilePath] {
    try await pool.read { database in
      try Data.fetchAll(
        database,
        sql: """
          SELECT min(path) FROM episode INDEXED BY episode_left_alone
            JOIN location ON location.episode_id = episode.id AND is_missing = 0
          WHERE state = 'left_alone' AND \(Self.isThere)
          GROUP BY episode.id ORDER BY max(modified_ns) DESC, episode.id
          """
      ).map(FilePath.init(rawBytes:))
    }
  }

  /// Which of these places hold an episode that something was done for, or is about to be.
  package func taken(among paths: [FilePath]) async throws -> Set<FilePath> {
    try await pool.read { database in
      var taken: Set<FilePath> = []
      for path in paths {
        let isTaken = try Bool.fetchOne(
          database,
          sql: """
            SELECT state <> 'left_alone' FROM episode
            WHERE id = (SELECT episode_id FROM location WHERE path = ? AND is_missing = 0)
            """, arguments: [path.rawBytes])
        if isTaken == true { taken.insert(path) }
      }
      return taken
    }
  }
}
