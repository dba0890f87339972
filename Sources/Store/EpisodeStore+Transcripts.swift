import Expressions
import GRDB
import Subtitles

/// A transcript and where it came from.
package struct StoredTranscript: Sendable, Hashable {
  package var transcript: Transcript
  /// What a person is told, such as "Pilot.en.srt, SubRip, UTF-8" or "track 2, mov_text".
  package var origin: String
  /// What was read, as it was then, opaque to the store; nil where nobody noted it.
  package var stamp: String?

  package init(transcript: Transcript, origin: String, stamp: String? = nil) {
    self.transcript = transcript
    self.origin = origin
    self.stamp = stamp
  }
}

/// A batch as it is recorded.
package struct StoredBatch: Sendable, Hashable {
  package var pending: PendingBatch
  package var isAnswered: Bool

  package var batch: Batch { pending.batch }

  package init(pending: PendingBatch, isAnswered: Bool) {
    self.pending = pending
    self.isAnswered = isAnswered
  }
}

/// What was chosen, as it is in another transcript.
package struct MovedSelection: Sendable, Hashable {
  /// By the `id` that each had; those that are missing are given up.
  package var groups: [Int: Group]
  /// The cue up to which the expressions are decided.
  package var settledThrough: Int

  package init(groups: [Int: Group], settledThrough: Int) {
    self.groups = groups
    self.settledThrough = settledThrough
  }
}

extension EpisodeStore {
  /// Records an episode's cues and the batches made of them, in one transaction, and moves it on.
  ///
  /// - Parameters:
  ///   - kept: batches that are answered, by the numbers that they have, with their cues as they are now.
  ///   - batches: those that are to be asked. One that is there already, of the same content and answered, stays.
  ///   - moved: what was chosen, in this transcript; without it all of it is forgotten if the cues are others.
  package func recordTranscripts(
    of id: Int64, source: StoredTranscript, target: StoredTranscript?, kept: [Batch] = [],
    batches: [PendingBatch], moved: MovedSelection? = nil, now: Double
  ) async throws {
    try await write { database in
      if let moved {
        try Self.move(moved, of: id, database)
      } else if try Self.transcript(of: id, role: "source", database)?.transcript
        != source.transcript
      {
        try Self.forgetSelection(of: id, database)
      }
      let contents = try batches.map { try Self.json($0.batch) }
      try database.execute(
        sql: """
          DELETE FROM batch WHERE episode_id = ? AND NOT (state = 'answered'
            AND (content IN (SELECT value FROM json_each(?))
              OR number IN (SELECT value FROM json_each(?))))
          """,
        arguments: [id, try Self.json(contents), try Self.json(kept.map(\.number))])
      for batch in kept { try Self.renumber(batch, of: id, database) }
      let present = try Set(
        Int.fetchAll(
          database, sql: "SELECT number FROM batch WHERE episode_id = ?", arguments: [id]))
      for pending in batches where !present.contains(pending.batch.number) {
        try Self.insert(pending, of: id, database)
      }
      try Self.replaceTranscripts(of: id, source, target, database)
      try Self.apply(.transcribed, to: id, reason: nil, now, database)
    }
  }

  /// Records other cues for an episode that is done, in one transaction: its batches and what was chosen keep their
  /// places, and its clips are to be cut anew; nothing is to be asked. Nothing happens where it is not done any more.
  /// - Parameter batches: all of them, with their cues as they are now; the keys of those without an answer.
  package func recordResubtitled(
    of id: Int64, source: StoredTranscript, target: StoredTranscript?, batches: [StoredBatch],
    moved: MovedSelection, now: Double
  ) async throws {
    try await write { database in
      guard try Self.apply(.resubtitled, to: id, reason: nil, now, database) != nil else { return }
      for stored in batches {
        try Self.renumber(stored.batch, of: id, database)
        try database.execute(
          sql: """
            UPDATE batch SET content_key = ?
            WHERE episode_id = ? AND number = ? AND state <> 'answered'
            """, arguments: [stored.pending.contentKey, id, stored.batch.number])
      }
      try Self.move(moved, of: id, database)
      try Self.replaceTranscripts(of: id, source, target, database)
    }
  }

  /// Remembers that what was read is the same as before, though its file may be another.
  package func recordStamps(
    of id: Int64, source: StoredTranscript, target: StoredTranscript?
  ) async throws {
    try await write { database in
      for (role, stored) in [("source", source), ("target", target)] {
        guard let stored else { continue }
        try database.execute(
          sql: "UPDATE transcript SET stamp = ?, origin = ? WHERE episode_id = ? AND role = ?",
          arguments: [stored.stamp, stored.origin, id, role])
      }
    }
  }

  package func transcript(of id: Int64, role: String) async throws -> StoredTranscript? {
    try await pool.read { try Self.transcript(of: id, role: role, $0) }
  }

  /// In the order of their cues.
  package func batches(of id: Int64) async throws -> [StoredBatch] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(PendingBatch.columns), state = 'answered' AS is_answered FROM batch
          WHERE episode_id = ? ORDER BY first_cue, number
          """, arguments: [id]
      ).map { StoredBatch(pending: try PendingBatch(row: $0), isAnswered: $0["is_answered"]) }
    }
  }

  // MARK: - Inside a transaction

  static func transcript(
    of id: Int64, role: String, _ database: Database
  ) throws -> StoredTranscript? {
    try Row.fetchOne(
      database,
      sql: "SELECT origin, content, stamp FROM transcript WHERE episode_id = ? AND role = ?",
      arguments: [id, role]
    ).map {
      StoredTranscript(
        transcript: try Self.value(from: $0["content"]), origin: $0["origin"], stamp: $0["stamp"])
    }
  }

  static func replaceTranscripts(
    of id: Int64, _ source: StoredTranscript, _ target: StoredTranscript?, _ database: Database
  ) throws {
    try database.execute(sql: "DELETE FROM transcript WHERE episode_id = ?", arguments: [id])
    for (role, stored) in [("source", source), ("target", target)] {
      guard let stored else { continue }
      try database.execute(
        sql: """
          INSERT INTO transcript (episode_id, role, origin, content, stamp) VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [id, role, stored.origin, try json(stored.transcript), stored.stamp])
    }
  }

  /// Gives a batch that is recorded its cues as they are now; its answer names them as they were.
  private static func renumber(_ batch: Batch, of id: Int64, _ database: Database) throws {
    try database.execute(
      sql: """
        UPDATE batch SET shift = CASE WHEN state = 'answered' THEN shift + ? - first_cue ELSE 0 END,
          first_cue = ?, content = ? WHERE episode_id = ? AND number = ?
        """,
      arguments: [batch.firstCue, batch.firstCue, try json(batch), id, batch.number])
  }

  /// Clips of people's own doing, known or deleted ones, stay what they are; the others are to be cut anew, and their
  /// files are there until they are.
  private static func move(
    _ moved: MovedSelection, of id: Int64, _ database: Database
  ) throws {
    let rows = try Row.fetchAll(
      database, sql: "SELECT * FROM clip WHERE episode_id = ?", arguments: [id])
    try database.execute(sql: "DELETE FROM clip WHERE episode_id = ?", arguments: [id])
    for row in rows {
      guard let group = moved.groups[row["number"]] else { continue }
      let isTouched: Bool = row["known_at"] != nil || row["gone_at"] != nil
      try database.execute(
        sql: """
          INSERT INTO clip (episode_id, number, state, reason, content, file, facts, published_at,
            known_at, gone_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id, group.id, isTouched ? row["state"] as String : "pending",
          isTouched ? row["reason"] as String? : nil, try json(group),
          row["file"] as String?, row["facts"] as String?,
          row["published_at"] as Double?, row["known_at"] as Double?, row["gone_at"] as Double?,
        ])
    }
    // Verdicts name cues that are others now; what is decided anew is told anew.
    try database.execute(sql: "DELETE FROM verdict WHERE episode_id = ?", arguments: [id])
    try database.execute(
      sql: "UPDATE episode SET settled_cue = ?, early_after = 0 WHERE id = ?",
      arguments: [moved.settledThrough, id])
  }
}
