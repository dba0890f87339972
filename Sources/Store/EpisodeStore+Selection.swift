import Expressions
import GRDB
import Subtitles
import SystemPackage

import struct Foundation.Data

/// A batch as far as choosing asks: which cues, and whether there is an answer.
package struct BatchStanding: Sendable, Hashable {
  package enum State: String, Sendable, Hashable { case pending, answered, failed }

  package var firstCue: Int
  package var lastCue: Int
  package var state: State
  /// Since when it waits for a provider that can't be asked, in seconds since 1970.
  package var waitingSince: Double?
}

/// What one round of choosing decided.
package struct Decision: Sendable {
  package var outcome: Grouping.Outcome
  package var dropped: [Grounding.Rejection: Int]
  /// What the round began from; it counts only if that is still so.
  package var settledBefore: Int
  package var groupsBefore: Int

  package init(
    outcome: Grouping.Outcome, dropped: [Grounding.Rejection: Int], settledBefore: Int,
    groupsBefore: Int
  ) {
    self.outcome = outcome
    self.dropped = dropped
    self.settledBefore = settledBefore
    self.groupsBefore = groupsBefore
  }
}

// What is chosen, and how far that is decided.
extension EpisodeStore {
  /// The cue up to which an episode's expressions are decided; 0 for none.
  package func settledCue(of id: Int64) async throws -> Int {
    try await pool.read { try Self.settledCue(of: id, $0) }
  }

  package func batchStandings(of id: Int64) async throws -> [BatchStanding] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT first_cue, coalesce(json_extract(content, '$.cues[#-1].number'), first_cue) AS last_cue,
            state, waiting_since
          FROM batch WHERE episode_id = ? ORDER BY first_cue, number
          """, arguments: [id]
      ).compactMap { row in
        BatchStanding.State(rawValue: row["state"]).map {
          BatchStanding(
            firstCue: row["first_cue"], lastCue: row["last_cue"], state: $0,
            waitingSince: row["waiting_since"])
        }
      }
    }
  }

  /// Records what was decided: a clip to be cut for each new group, what was found for those that are there, and what
  /// became of each expression. All in one transaction.
  /// - Parameters:
  ///   - series: the series that the episode is of, by its name.
  ///   - isLast: whether nothing more is out, which moves the episode on.
  /// - Returns: false when another round has decided since this one began; nothing is recorded then.
  package func record(
    _ decision: Decision, of id: Int64, series: String?, isLast: Bool, now: Double
  ) async throws -> Bool {
    try await write { database in
      let groups = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM clip WHERE episode_id = ?", arguments: [id])
      guard try Self.settledCue(of: id, database) == decision.settledBefore,
        groups == decision.groupsBefore
      else { return false }
      for group in decision.outcome.added {
        try database.execute(
          sql: "INSERT INTO clip (episode_id, number, state, content) VALUES (?, ?, 'pending', ?)",
          arguments: [id, group.id, try Self.json(group)])
      }
      for (number, expressions) in decision.outcome.alsoHere {
        try Self.add(expressions, toClip: number, of: id, database)
      }
      for verdict in decision.outcome.verdicts {
        try database.execute(
          sql: "INSERT OR REPLACE INTO verdict VALUES (?, ?, ?, ?)",
          arguments: [
            id, verdict.firstCue, PhraseKey(verdict.dictionaryForm).text, try Self.json(verdict),
          ])
      }
      try Self.recordDropped(decision.dropped, of: id, database)
      try database.execute(
        sql: """
          UPDATE episode SET settled_cue = ?, series = ?,
            early_after = CASE WHEN ? THEN 0 ELSE early_after END WHERE id = ?
          """,
        arguments: [
          decision.outcome.settledThrough, series, !decision.outcome.added.isEmpty, id,
        ])
      if isLast { try Self.apply(.grouped, to: id, reason: nil, now, database) }
      return true
    }
  }

  package func verdicts(of id: Int64) async throws -> [Verdict] {
    try await pool.read { database in
      try String.fetchAll(
        database,
        sql: "SELECT content FROM verdict WHERE episode_id = ? ORDER BY first_cue, phrase",
        arguments: [id]
      ).map { try Self.value(from: $0) }
    }
  }

  package func droppedCandidates(of id: Int64) async throws -> [String: Int] {
    try await pool.read { database in
      try Row.fetchAll(
        database, sql: "SELECT reason, count FROM dropped_candidates WHERE episode_id = ?",
        arguments: [id]
      ).reduce(into: [:]) { $0[$1["reason"] as String] = $1["count"] }
    }
  }

  /// The episodes of a series that had clips published, but for one; those whose clips came last are first.
  /// - Parameter isWanted: by the episode's place; nil where none is known.
  package func episodesGiving(
    bySeries series: String, except id: Int64, limit: Int,
    where isWanted: @escaping @Sendable (FilePath?) -> Bool = { _ in true }
  ) async throws -> [Int64] {
    try await pool.read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT clip.episode_id AS id,
            (SELECT path FROM location WHERE episode_id = clip.episode_id
              ORDER BY is_missing, path LIMIT 1) AS path
          FROM clip JOIN episode ON episode.id = clip.episode_id
          WHERE series = ? AND episode.id <> ? AND published_at IS NOT NULL
          GROUP BY clip.episode_id ORDER BY max(published_at) DESC
          """, arguments: [series, id])
      var ids: [Int64] = []
      while ids.count < limit, let row = try rows.next() {
        if isWanted((row["path"] as Data?).map(FilePath.init(rawBytes:))) { ids.append(row["id"]) }
      }
      return ids
    }
  }

  /// The dictionary forms that the published clips of some episodes give.
  package func formsGiven(by episodes: [Int64]) async throws -> [String] {
    try await pool.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT DISTINCT json_extract(expression.value, '$.dictionaryForm')
          FROM clip, json_each(clip.content, '$.expressions') AS expression
          WHERE clip.published_at IS NOT NULL
            AND clip.episode_id IN (SELECT value FROM json_each(?))
          """, arguments: [try Self.json(episodes)])
    }
  }

  /// The latest other episodes with a transcript in a language.
  package func otherTranscripts(
    in language: String, except id: Int64, limit: Int
  ) async throws -> [Int64] {
    try await pool.read { database in
      try Int64.fetchAll(
        database,
        sql: """
          SELECT episode_id FROM transcript WHERE role = 'source' AND episode_id <> ?
            AND json_extract(content, '$.language') = ? ORDER BY episode_id DESC LIMIT ?
          """, arguments: [id, language, limit])
    }
  }

  // MARK: - Inside a transaction

  private static func settledCue(of id: Int64, _ database: Database) throws -> Int {
    try Int.fetchOne(
      database, sql: "SELECT settled_cue FROM episode WHERE id = ?", arguments: [id]) ?? 0
  }

  private static func add(
    _ expressions: [Expression], toClip number: Int, of id: Int64, _ database: Database
  ) throws {
    let content = try String.fetchOne(
      database, sql: "SELECT content FROM clip WHERE episode_id = ? AND number = ?",
      arguments: [id, number])
    guard let content else { return }
    var group: Group = try value(from: content)
    group.alsoHere += expressions
    try database.execute(
      sql: "UPDATE clip SET content = ? WHERE episode_id = ? AND number = ?",
      arguments: [try json(group), id, number])
  }

  private static func recordDropped(
    _ dropped: [Grounding.Rejection: Int], of id: Int64, _ database: Database
  ) throws {
    try database.execute(
      sql: "DELETE FROM dropped_candidates WHERE episode_id = ?", arguments: [id])
    for (rejection, count) in dropped {
      try database.execute(
        sql: "INSERT INTO dropped_candidates (episode_id, reason, count) VALUES (?, ?, ?)",
        arguments: [id, rejection.rawValue, count])
    }
  }

  /// Forgets what was chosen; for a transcript that has changed and for a person who asks for all anew.
  static func forgetSelection(of id: Int64, _ database: Database) throws {
    for table in ["clip", "verdict", "dropped_candidates"] {
      try database.execute(sql: "DELETE FROM \(table) WHERE episode_id = ?", arguments: [id])
    }
    try database.execute(
      sql: "UPDATE episode SET settled_cue = 0, early_after = NULL WHERE id = ?", arguments: [id])
  }
}
