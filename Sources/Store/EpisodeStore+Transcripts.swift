import Expressions
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

extension EpisodeStore {
  /// Records an episode's cues and the batches made of them, in one transaction, and moves it on.
  ///
  /// A batch of the same content that is answered stays as it is, whoever answered it; what was chosen stays where the
  /// cues are the same.
  package func recordTranscripts(
    of id: Int64, source: StoredTranscript, target: StoredTranscript?, batches: [PendingBatch],
    now: Double
  ) async throws {
    try await pool.write { database in
      if try Self.transcript(of: id, role: "source", database)?.transcript != source.transcript {
        try Self.forgetSelection(of: id, database)
      }
      try database.execute(sql: "DELETE FROM transcript WHERE episode_id = ?", arguments: [id])
      let contents = try batches.map { try Self.json($0.batch) }
      try database.execute(
        sql: """
          DELETE FROM batch WHERE episode_id = ?
            AND NOT (state = 'answered' AND content IN (SELECT value FROM json_each(?)))
          """, arguments: [id, try Self.json(contents)])
      let answered = try Set(
        Int.fetchAll(
          database, sql: "SELECT number FROM batch WHERE episode_id = ?", arguments: [id]))
      for (role, stored) in [("source", source), ("target", target)] {
        guard let stored else { continue }
        try database.execute(
          sql: "INSERT INTO transcript (episode_id, role, origin, content) VALUES (?, ?, ?, ?)",
          arguments: [id, role, stored.origin, try Self.json(stored.transcript)])
      }
      for pending in batches where !answered.contains(pending.batch.number) {
        try Self.insert(pending, of: id, database)
      }
      try Self.apply(.transcribed, to: id, reason: nil, now, database)
    }
  }

  package func transcript(of id: Int64, role: String) async throws -> StoredTranscript? {
    try await pool.read { try Self.transcript(of: id, role: role, $0) }
  }

  static func transcript(
    of id: Int64, role: String, _ database: Database
  ) throws -> StoredTranscript? {
    try Row.fetchOne(
      database, sql: "SELECT origin, content FROM transcript WHERE episode_id = ? AND role = ?",
      arguments: [id, role]
    ).map {
      StoredTranscript(transcript: try Self.value(from: $0["content"]), origin: $0["origin"])
    }
  }
}
