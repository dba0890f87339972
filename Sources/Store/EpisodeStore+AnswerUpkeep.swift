import Foundation
import GRDB

// What a person sees and deletes of the kept answers.
extension EpisodeStore {
  /// Kept answers by extractor and model.
  package func answerSummary() async throws -> [AnswerSummary] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT extractor, model, count(*) AS count, sum(input_tokens) AS input,
            sum(output_tokens) AS output, sum(cost_usd) AS cost,
            sum(coalesce(length(raw), 0)) AS bytes, min(created_at) AS oldest,
            max(created_at) AS newest, count(*) FILTER (WHERE NOT \(AnswerFilter.isUsed)) AS unused
          FROM answer WHERE kind = 'answer' GROUP BY extractor, model ORDER BY extractor, model
          """
      ).map {
        AnswerSummary(
          extractor: $0["extractor"], model: $0["model"], count: $0["count"], input: $0["input"],
          output: $0["output"], costUSD: $0["cost"], rawBytes: $0["bytes"], oldest: $0["oldest"],
          newest: $0["newest"], unused: $0["unused"])
      }
    }
  }

  /// The newest answers first, without their raw text.
  package func answers(limit: Int, matching filter: AnswerFilter) async throws -> [KeptAnswer] {
    try await pool.read { database in
      let (condition, arguments) = filter.condition
      return try Row.fetchAll(
        database,
        sql: """
          SELECT \(KeptAnswer.listedColumns) FROM answer WHERE kind = 'answer' AND \(condition)
          ORDER BY created_at DESC, content_key LIMIT ?
          """, arguments: arguments + [max(0, limit)]
      ).map(KeptAnswer.init(row:))
    }
  }

  /// The answer whose content key begins so, with its raw text.
  /// - Throws: `StoreError` when several do.
  package func answer(byKeyPrefix prefix: String) async throws -> KeptAnswer? {
    try await pool.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT \(KeptAnswer.columns) FROM answer WHERE kind = 'answer'
            AND content_key >= ? AND substr(content_key, 1, length(?)) = ?
          ORDER BY content_key LIMIT 2
          """, arguments: [prefix, prefix, prefix])
      guard rows.count < 2 else {
        throw StoreError(
          code: .other,
          message:
            "several answers are kept under keys that begin with '\(prefix)': give more of it")
      }
      return try rows.first.map(KeptAnswer.init(row:))
    }
  }

  /// Deletes kept answers, and with the unused ones the marks of what is too big for one answer.
  ///
  /// What an episode refers to goes only where `filter.unusedOnly` is false: its clips stay, but it would be asked
  /// again. What an episode in work refers to never goes.
  /// - Parameter dryRun: only counts.
  /// - Returns: how many, and their size in bytes.
  package func prune(
    _ filter: AnswerFilter, dryRun: Bool
  ) async throws -> (count: Int, bytes: Int64) {
    var filter = filter
    filter.unusedOnly = filter.unusedOnly ?? true
    let (condition, arguments) = filter.condition
    let selection = """
      FROM answer WHERE \(condition) AND NOT EXISTS (
        SELECT 1 FROM batch JOIN episode ON episode.id = episode_id
        WHERE batch.content_key = answer.content_key AND episode.state IN ('extracting', 'grouping', 'cutting'))
      """
    let count = { @Sendable (database: Database) in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) AS count,
            total(coalesce(length(raw), 0) + coalesce(length(CAST(content AS BLOB)), 0)) AS bytes
          \(selection)
          """, arguments: arguments)
      return (count: row?["count"] as Int? ?? 0, bytes: Int64(row?["bytes"] as Double? ?? 0))
    }
    if dryRun { return try await pool.read(count) }
    return try await write { database in
      let result = try count(database)
      try database.execute(sql: "DELETE \(selection)", arguments: arguments)
      return result
    }
  }
}
