import Expressions
import Foundation
import GRDB

extension EpisodeStore {
  /// Keeps an answer under its content key and marks its batch answered by it, in one transaction. Both are durable
  /// when this returns.
  ///
  /// The batch takes the answer's key, for another provider may have answered than was planned. An answer that is
  /// kept under this key already stays as it is.
  package func recordAnswer(
    _ answer: KeptAnswer, to pending: PendingBatch, of id: Int64, now: Double
  ) async throws {
    let values = try answer.values()
    try await write { database in
      // It was paid for, so it takes the place of the mark that this content were too big.
      try database.execute(
        sql: """
          INSERT INTO answer (\(KeptAnswer.columns), kind)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'answer')
          ON CONFLICT (content_key) DO UPDATE SET kind = excluded.kind,
            extractor = excluded.extractor, model = excluded.model, content = excluded.content,
            input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
            cost_usd = excluded.cost_usd, latency_s = excluded.latency_s,
            created_at = excluded.created_at, raw = excluded.raw, raw_size = excluded.raw_size
            WHERE answer.kind = 'split'
          """, arguments: values)
      try Self.markAnswered(pending, of: id, by: answer.contentKey, database)
      try database.execute(
        sql: "UPDATE episode SET updated_at = ? WHERE id = ?", arguments: [now, id])
    }
  }

  /// Marks a batch answered by an answer that is kept already.
  /// - Returns: whether one is kept; nothing changes when none is.
  @discardableResult
  package func adoptAnswer(
    _ contentKey: String, for pending: PendingBatch, of id: Int64
  ) async throws -> Bool {
    try await write { database in
      let isKept = try Bool.fetchOne(
        database, sql: "SELECT kind = 'answer' FROM answer WHERE content_key = ?",
        arguments: [contentKey])
      guard isKept == true else { return false }
      try Self.markAnswered(pending, of: id, by: contentKey, database)
      return true
    }
  }

  /// Those of `keys` under which an answer is kept.
  package func keptKeys(among keys: [String]) async throws -> Set<String> {
    try await pool.read { database in
      try String.fetchSet(
        database,
        sql: """
          SELECT content_key FROM answer WHERE kind = 'answer'
            AND content_key IN (SELECT value FROM json_each(?))
          """, arguments: [try Self.json(keys)])
    }
  }

  /// All candidates of an episode's answered batches, in the order of their cues.
  package func candidates(of id: Int64) async throws -> [Candidate] {
    try await answers(of: id).flatMap(\.candidates)
  }

  /// Cues that the extractor translated, by number; of two translations the earlier batch's counts.
  package func translations(of id: Int64) async throws -> [Int: String] {
    try await answers(of: id).reduce(into: [:]) { all, answer in
      all.merge(answer.translations) { first, _ in first }
    }
  }

  /// Who answered an episode's batches, as "name version", without repetition.
  package func extractors(of id: Int64) async throws -> [String] {
    try await pool.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT extractor FROM batch JOIN answer USING (content_key)
          WHERE episode_id = ? AND state = 'answered' AND kind = 'answer'
          GROUP BY extractor ORDER BY min(first_cue)
          """, arguments: [id])
    }
  }

  private func answers(of id: Int64) async throws -> [Answer] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT answer.content, shift FROM batch JOIN answer USING (content_key)
          WHERE episode_id = ? AND state = 'answered' AND kind = 'answer'
          ORDER BY first_cue, number
          """, arguments: [id]
      ).map { row in
        let answer: Answer = try Self.value(from: row["content"])
        return answer.shifted(by: row["shift"])
      }
    }
  }

  // MARK: - Inside a transaction

  /// Nothing happens when the episode has other batches by now.
  private static func markAnswered(
    _ pending: PendingBatch, of id: Int64, by contentKey: String, _ database: Database
  ) throws {
    try database.execute(
      sql: """
        UPDATE batch SET state = 'answered', reason = NULL, content_key = ?
        WHERE episode_id = ? AND number = ? AND content_key = ?
        """, arguments: [contentKey, id, pending.batch.number, pending.contentKey])
    // Somebody answers again: the others of the episode are not waiting in vain any more.
    try database.execute(
      sql: "UPDATE batch SET waiting_since = NULL WHERE episode_id = ? AND state = 'pending'",
      arguments: [id])
  }
}
