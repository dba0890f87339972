import Expressions
import GRDB

extension EpisodeStore {
  /// Divides a batch that is too big for one answer in two, and remembers under its content key that it is, so that
  /// the same content is never asked whole again. One transaction.
  /// - Parameters:
  ///   - leadInCues: so many cues before it go with the second half.
  ///   - extractor: name and version of what could not answer it.
  ///   - mark: the content key of what could not answer it, where that is not the batch's own.
  ///   - usage: what the attempt used up.
  ///   - key: the content key of a half.
  /// - Returns: false for a single cue, which can't be divided; nothing is recorded then.
  package func split(
    _ pending: PendingBatch, of id: Int64, leadInCues: Int, extractor: String = "",
    mark: String? = nil,
    usage: TokenUsage = .zero, costUSD: Double = 0, now: Double,
    key: @escaping @Sendable (Batch) throws -> String
  ) async throws -> Bool {
    guard pending.batch.cues.count > 1 else { return false }
    try await write { database in
      let usage = usage.bounded
      try database.execute(
        sql: """
          INSERT INTO answer (content_key, kind, extractor, input_tokens, output_tokens, cost_usd,
            latency_s, created_at) VALUES (?, 'split', ?, ?, ?, ?, 0, ?)
          ON CONFLICT (content_key) DO NOTHING
          """,
        arguments: [
          mark ?? pending.contentKey, extractor, usage.input, usage.output, costUSD.finite, now,
        ])
      // An answer that has come meanwhile counts for more.
      try Self.matchAnswers(of: id, database)
      try Self.divide(pending, of: id, leadInCues: leadInCues, key: key, database)
    }
    return true
  }

  /// Whether this content is known to be too big for one answer.
  package func isTooBig(_ contentKey: String) async throws -> Bool {
    try await pool.read { database in
      try Bool.fetchOne(
        database, sql: "SELECT kind = 'split' FROM answer WHERE content_key = ?",
        arguments: [contentKey]) ?? false
    }
  }

  // MARK: - Inside a transaction

  static func tooBigBatches(of id: Int64, _ database: Database) throws -> [PendingBatch] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT \(PendingBatch.columns) FROM batch JOIN answer USING (content_key)
        WHERE episode_id = ? AND state = 'pending' AND kind = 'split'
          AND json_array_length(batch.content, '$.cues') > 1
        """, arguments: [id]
    ).map(PendingBatch.init(row:))
  }

  /// Nothing happens to a batch that is answered, or that the episode has no longer.
  static func divide(
    _ pending: PendingBatch, of id: Int64, leadInCues: Int,
    key: @Sendable (Batch) throws -> String, _ database: Database
  ) throws {
    let last = try Int.fetchOne(
      database, sql: "SELECT max(number) FROM batch WHERE episode_id = ?", arguments: [id])
    let numbers = ((last ?? 0) + 1, (last ?? 0) + 2)
    guard let halves = pending.batch.halves(numbered: numbers, leadInCues: leadInCues) else {
      return
    }
    try database.execute(
      sql: """
        DELETE FROM batch WHERE episode_id = ? AND number = ? AND content_key = ?
          AND state <> 'answered'
        """, arguments: [id, pending.batch.number, pending.contentKey])
    guard database.changesCount == 1 else { return }
    for half in [halves.0, halves.1] {
      try insert(PendingBatch(batch: half, contentKey: try key(half)), of: id, database)
    }
  }
}
