import Expressions
import Foundation
import GRDB
import SystemPackage

// Lists for people who look: some of many rows, and how many there are.
extension EpisodeStore {
  /// The episodes of a listing, and how many it has without its limit.
  package func episodes(
    _ listing: EpisodeListing
  ) async throws -> (episodes: [EpisodeOverview], total: Int) {
    let order =
      switch listing.order {
      case .latest: "episode.updated_at DESC, episode.id DESC"
      case .queue:
        "\(EpisodeOrigin.rankSQL), episode.next_attempt_at IS NOT NULL, episode.id"
      }
    let condition = """
      (:states IS NULL OR state IN (SELECT value FROM json_each(:states)))
        AND (:library IS NULL OR library = :library)
        AND EXISTS (SELECT 1 FROM location WHERE episode_id = episode.id AND (:text IS NULL
          OR instr(lower(CAST(path AS TEXT)), lower(:text))))
        AND (:gone IS NULL OR :gone = NOT EXISTS (SELECT 1 FROM location WHERE episode_id = episode.id
          AND is_missing = 0))
      """
    return try await pool.read { database in
      let arguments: StatementArguments = [
        "states": try listing.states.map { try Self.json($0.map(\.rawValue)) },
        "library": listing.library, "text": listing.text, "gone": listing.isGone,
      ]
      let total = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM episode WHERE \(condition)", arguments: arguments)
      // The counts are made of the rows that are shown, not of all that are sorted.
      let rows = try Row.fetchAll(
        database,
        sql: """
          \(EpisodeOverview.selection) WHERE episode.id IN (SELECT id FROM episode WHERE \(condition)
            ORDER BY \(order) LIMIT :limit OFFSET :offset)
          ORDER BY \(order)
          """, arguments: arguments + ["limit": listing.limit, "offset": listing.offset])
      return (try rows.map(EpisodeOverview.init(row:)), total ?? 0)
    }
  }

  /// What failed, the latest first, and how many entries there are.
  package func incidents(
    limit: Int, offset: Int
  ) async throws -> (incidents: [IncidentRecord], total: Int) {
    try await pool.read { database in
      let total = try Int.fetchOne(database, sql: "SELECT count(*) FROM incident")
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT \(IncidentRecord.columns) FROM incident
          WHERE id IN (SELECT id FROM incident ORDER BY at DESC, id DESC LIMIT ? OFFSET ?)
          ORDER BY at DESC, id DESC
          """, arguments: [limit, offset])
      return (rows.map(IncidentRecord.init(row:)), total ?? 0)
    }
  }

  /// The failed attempts of an episode, the oldest first; at most the latest 100.
  package func incidentRecords(of id: Int64) async throws -> [IncidentRecord] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(IncidentRecord.columns) FROM incident WHERE episode_id = ? ORDER BY id DESC LIMIT 100
          """, arguments: [id]
      ).map(IncidentRecord.init(row:)).reversed()
    }
  }

  /// The episode whose clips lie in a folder.
  package func episode(withClipsIn folder: FilePath) async throws -> EpisodeRecord? {
    try await pool.read { database in
      try Row.fetchOne(
        database,
        sql:
          "SELECT \(EpisodeRecord.columns) FROM episode WHERE folder = ? ORDER BY id DESC LIMIT 1",
        arguments: [folder.rawBytes]
      ).map(EpisodeRecord.init(row:))
    }
  }

  /// The folders of all episodes' clips.
  package func folders() async throws -> [FilePath] {
    try await pool.read { database in
      try Data.fetchAll(
        database, sql: "SELECT DISTINCT folder FROM episode WHERE folder IS NOT NULL"
      ).map(FilePath.init(rawBytes:))
    }
  }

  /// The folders of clips of a library's episodes of which a clip has this name, as the manifest calls it.
  package func folders(ofClip file: String, library: String) async throws -> [FilePath] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT DISTINCT folder FROM episode JOIN clip ON clip.episode_id = episode.id
          WHERE library = ? AND file = ? AND folder IS NOT NULL
          """, arguments: [library, file]
      ).map { FilePath(rawBytes: $0["folder"]) }
    }
  }
}
