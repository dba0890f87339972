import Expressions
import GRDB

/// Counts over everything, for those who measure.
package struct StoreTotals: Sendable, Hashable {
  /// By state.
  package var batches: [String: Int] = [:]
  package var clips: [String: Int] = [:]
  package var expressions = 0
  package var answers = 0
  /// Failed attempts by the state in which they failed.
  package var incidents: [String: Int] = [:]
  /// Candidates that were dropped, by reason.
  package var dropped: [String: Int] = [:]
  /// Of published clips.
  package var clipBytes: Int64 = 0
  package var clipSeconds = 0.0
  package var leadInSeconds = 0.0
  /// When the episode that has waited longest for its clips was found, in seconds since 1970.
  package var oldestQueued: Double?

  package init() {}
}

/// What a library holds.
package struct LibraryTotals: Sendable, Hashable {
  package var episodes: Int
  package var clips: Int
}

extension EpisodeStore {
  package func totals() async throws -> StoreTotals {
    try await pool.read { database in
      var totals = StoreTotals()
      totals.batches = try Self.counts("SELECT state, count(*) FROM batch GROUP BY state", database)
      totals.clips = try Self.counts("SELECT state, count(*) FROM clip GROUP BY state", database)
      totals.incidents = try Self.counts(
        "SELECT step, count(*) FROM incident GROUP BY step", database)
      totals.dropped = try Self.counts(
        "SELECT reason, sum(count) FROM dropped_candidates GROUP BY reason", database)
      totals.expressions = try Int.fetchOne(database, sql: "SELECT count(*) FROM expression") ?? 0
      totals.answers =
        try Int.fetchOne(database, sql: "SELECT count(*) FROM answer WHERE kind = 'answer'") ?? 0
      if let row = try Row.fetchOne(
        database,
        sql: """
          SELECT total(facts ->> '$.sizeBytes') AS bytes, total(facts ->> '$.durationS') AS seconds,
            total(facts ->> '$.leadInS') AS lead_in
          FROM clip WHERE state = 'published' AND json_valid(facts)
          """)
      {
        totals.clipBytes = Int64(row["bytes"] as Double)
        totals.clipSeconds = row["seconds"]
        totals.leadInSeconds = row["lead_in"]
      }
      totals.oldestQueued = try Double.fetchOne(
        database,
        sql: """
          SELECT min(created_at) FROM episode WHERE state IN (SELECT value FROM json_each(?))
            AND \(Self.isThere)
          """, arguments: [try Self.json(EpisodeState.working.map(\.rawValue))])
      return totals
    }
  }

  /// What the libraries hold, by name; episodes that were left alone or are gone are none.
  package func libraryTotals() async throws -> [String: LibraryTotals] {
    try await pool.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT library, count(*) AS episodes, total(clips) AS clips FROM (
            SELECT library, (SELECT count(*) FROM clip WHERE episode_id = episode.id AND state = 'published') AS clips
            FROM episode WHERE state <> 'left_alone' AND \(Self.isThere))
          GROUP BY library
          """)
      return Dictionary(
        uniqueKeysWithValues: rows.map { row in
          let clips: Double = row["clips"]
          return (row["library"], LibraryTotals(episodes: row["episodes"], clips: Int(clips)))
        })
    }
  }

  private static func counts(_ sql: String, _ database: Database) throws -> [String: Int] {
    let rows = try Row.fetchAll(database, sql: sql)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }
}
