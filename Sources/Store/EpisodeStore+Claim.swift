import Expressions
import GRDB
import SystemPackage

// What is to be done next.
extension EpisodeStore {
  /// The episode whose step is next: what people asked for, then news, then backlog; what was begun before what was
  /// not; the older before the newer, and of those that were postponed the one that has been due longest.
  ///
  /// Takes the same time however many episodes there are.
  /// - Parameters:
  ///   - paths: only episodes at these places; nil for all.
  ///   - states: only episodes whose next step is one of these; nil for every step that is taken by itself.
  ///   - origins: only episodes that were taken for one of these reasons.
  ///   - excluded: episodes that are in work already.
  package func nextEpisode(
    now: Double, at paths: [FilePath]? = nil, states: [EpisodeState]? = nil,
    origins: [EpisodeOrigin] = EpisodeOrigin.allCases, excluding excluded: Set<Int64> = []
  ) async throws -> EpisodeRecord? {
    let states = (states ?? EpisodeState.working).map(\.rawValue)
    let places = paths.map { databaseQuestionMarks(count: $0.count) }
    return try await pool.read { database in
      let arguments: StatementArguments = [
        "now": now, "states": try Self.json(states),
        "origins": try Self.json(origins.map(\.rawValue)),
        "excluded": try Self.json(excluded.sorted()),
      ]
      guard let places else {
        return try database.row(Self.nextOfAll, arguments).map(EpisodeRecord.init(row:))
      }
      // A handful of files that a person named.
      return try Row.fetchOne(
        database,
        sql: """
          SELECT \(EpisodeRecord.columns) FROM episode
          WHERE \(Self.isThere) AND (next_attempt_at IS NULL OR next_attempt_at <= :now)
            AND state IN (SELECT value FROM json_each(:states))
            AND origin IN (SELECT value FROM json_each(:origins))
            AND id NOT IN (SELECT value FROM json_each(:excluded)) \(Self.isAt(places))
          ORDER BY \(EpisodeOrigin.rankSQL), state = 'probing', id LIMIT 1
          """, arguments: arguments + StatementArguments((paths ?? []).map(\.rawBytes))
      ).map(EpisodeRecord.init(row:))
    }
  }

  /// A search in the index for each state and origin, of which the first in line is taken.
  private static let nextOfAll = """
    WITH line (state, origin) AS (
      SELECT s.value, o.value FROM json_each(:states) AS s, json_each(:origins) AS o
    ), ready (id, origin, is_new) AS (
      SELECT (SELECT id FROM episode INDEXED BY episode_by_work
          WHERE state = line.state AND \(isThere) AND origin = line.origin
            AND next_attempt_at IS NULL AND id NOT IN (SELECT value FROM json_each(:excluded))
          ORDER BY id LIMIT 1), origin, state = 'probing' FROM line
      UNION ALL
      SELECT (SELECT id FROM episode INDEXED BY episode_by_work
          WHERE state = line.state AND \(isThere) AND origin = line.origin
            AND next_attempt_at <= :now AND id NOT IN (SELECT value FROM json_each(:excluded))
          ORDER BY next_attempt_at, id LIMIT 1), origin, state = 'probing' FROM line
    )
    SELECT \(EpisodeRecord.columns) FROM episode
    WHERE id = (SELECT id FROM ready WHERE id IS NOT NULL
      ORDER BY \(EpisodeOrigin.rankSQL), is_new, id LIMIT 1)
    """

  /// A condition on `episode`: its file is at one of its places. The schema's triggers keep the column.
  static let isThere = "presence = 2"

  /// A further condition on `episode`: it lies at one of the places that the question marks stand for.
  static func isAt(_ questionMarks: String?) -> String {
    questionMarks.map {
      """
      AND id IN (SELECT episode_id FROM location WHERE is_missing = 0 AND path IN (\($0)))
      """
    } ?? ""
  }
}

extension EpisodeOrigin {
  /// The rank of the column `origin`.
  static let rankSQL =
    "CASE origin " + allCases.map { "WHEN '\($0.rawValue)' THEN \($0.rank)" }.joined(separator: " ")
    + " END"
}
