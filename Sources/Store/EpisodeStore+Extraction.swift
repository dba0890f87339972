import Expressions
import Foundation
import GRDB
import Subtitles

/// A transcript and where it came from.
package struct StoredTranscript: Sendable, Hashable {
  package var transcript: Transcript
  /// What a person is told, such as "Pilot.en.srt, SubRip, UTF-8" or "track 2, mov_text".
  package var origin: String

  package init(transcript: Transcript, origin: String) {
    self.transcript = transcript
    self.origin = origin
  }
}

/// A batch that waits for its answer.
package struct PendingBatch: Sendable, Hashable {
  package var batch: Batch
  package var contentKey: String
  package var attempts: Int

  package init(batch: Batch, contentKey: String, attempts: Int = 0) {
    self.batch = batch
    self.contentKey = contentKey
    self.attempts = attempts
  }
}

extension EpisodeStore {
  /// Records an episode's cues and the batches made of them, in one transaction, and moves it on.
  package func recordTranscripts(
    of id: Int64, source: StoredTranscript, target: StoredTranscript?, batches: [PendingBatch],
    now: Double
  ) async throws {
    try await pool.write { database in
      try database.execute(sql: "DELETE FROM transcript WHERE episode_id = ?", arguments: [id])
      try database.execute(sql: "DELETE FROM batch WHERE episode_id = ?", arguments: [id])
      for (role, stored) in [("source", source), ("target", target)] {
        guard let stored else { continue }
        try database.execute(
          sql: "INSERT INTO transcript (episode_id, role, origin, content) VALUES (?, ?, ?, ?)",
          arguments: [id, role, stored.origin, try Self.json(stored.transcript)])
      }
      for pending in batches {
        try database.execute(
          sql: """
            INSERT INTO batch (episode_id, number, content_key, content, state)
            VALUES (?, ?, ?, ?, 'pending')
            """,
          arguments: [id, pending.batch.number, pending.contentKey, try Self.json(pending.batch)])
      }
      try Self.apply(.transcribed, to: id, reason: nil, now, database)
    }
  }

  package func transcript(of id: Int64, role: String) async throws -> StoredTranscript? {
    try await pool.read { database in
      try Row.fetchOne(
        database, sql: "SELECT origin, content FROM transcript WHERE episode_id = ? AND role = ?",
        arguments: [id, role]
      ).map {
        StoredTranscript(
          transcript: try Self.value(from: $0["content"]), origin: $0["origin"])
      }
    }
  }

  /// Batches without an answer. Those whose answer is kept from before are marked answered on the way.
  package func pendingBatches(of id: Int64) async throws -> [PendingBatch] {
    try await pool.write { database in
      try database.execute(
        sql: """
          UPDATE batch SET state = 'answered' WHERE episode_id = ? AND state = 'pending'
            AND content_key IN (SELECT content_key FROM answer)
          """, arguments: [id])
      return try Row.fetchAll(
        database,
        sql: """
          SELECT content, content_key, attempts FROM batch
          WHERE episode_id = ? AND state = 'pending' ORDER BY number
          """, arguments: [id]
      ).map {
        PendingBatch(
          batch: try Self.value(from: $0["content"]), contentKey: $0["content_key"],
          attempts: $0["attempts"])
      }
    }
  }

  /// Keeps an answer for ever under its content key. It is durable when this returns.
  package func recordAnswer(
    _ candidates: [Candidate], to pending: PendingBatch, of id: Int64,
    extractor: ExtractorIdentity, now: Double
  ) async throws {
    try await pool.write { database in
      try database.execute(
        sql: """
          INSERT INTO answer (content_key, extractor, candidates, created_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (content_key) DO NOTHING
          """,
        arguments: [
          pending.contentKey, "\(extractor.name) \(extractor.version)", try Self.json(candidates),
          now,
        ])
      try database.execute(
        sql:
          "UPDATE batch SET state = 'answered', reason = NULL WHERE episode_id = ? AND number = ?",
        arguments: [id, pending.batch.number])
    }
  }

  /// Records that a batch has no answer; for good when `isFinal`.
  package func recordBatchFailure(
    _ pending: PendingBatch, of id: Int64, reason: String, isFinal: Bool, now: Double
  ) async throws {
    try await pool.write { database in
      try database.execute(
        sql: """
          UPDATE batch SET state = ?, reason = ?, attempts = attempts + 1
          WHERE episode_id = ? AND number = ?
          """,
        arguments: [isFinal ? "failed" : "pending", reason, id, pending.batch.number])
      try database.execute(
        sql: "INSERT INTO incident (episode_id, at, step, reason) VALUES (?, ?, 'extracting', ?)",
        arguments: [id, now, "batch \(pending.batch.number): \(reason)"])
    }
  }

  package func batchCounts(
    of id: Int64
  ) async throws -> (answered: Int, failed: Int, pending: Int) {
    try await pool.read { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT count(*) FILTER (WHERE state = 'answered') AS answered,
            count(*) FILTER (WHERE state = 'failed') AS failed,
            count(*) FILTER (WHERE state = 'pending') AS pending
          FROM batch WHERE episode_id = ?
          """, arguments: [id])
      return (row?["answered"] ?? 0, row?["failed"] ?? 0, row?["pending"] ?? 0)
    }
  }

  /// All candidates of an episode's answered batches, in batch order.
  package func candidates(of id: Int64) async throws -> [Candidate] {
    try await pool.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT candidates FROM batch JOIN answer USING (content_key)
          WHERE episode_id = ? AND batch.state = 'answered' ORDER BY number
          """, arguments: [id]
      ).flatMap { try Self.value(from: $0) as [Candidate] }
    }
  }

  // MARK: - JSON columns

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(from text: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }
}
