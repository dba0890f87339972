import Expressions
import GRDB
import SystemPackage

/// A batch with all that is kept of it.
package struct BatchRecord: Sendable, Hashable {
  package var batch: Batch
  package var contentKey: String
  package var state: BatchStanding.State
  package var reason: String?
  /// How much later its cues come than when it was asked.
  package var shift: Int
  package var answer: KeptAnswer?

  package init(
    batch: Batch, contentKey: String, state: BatchStanding.State, reason: String?, shift: Int,
    answer: KeptAnswer?
  ) {
    self.batch = batch
    self.contentKey = contentKey
    self.state = state
    self.reason = reason
    self.shift = shift
    self.answer = answer
  }
}

/// What was published of an episode by a store that is not there any more.
package struct Adoption: Sendable {
  package var folder: FilePath
  package var source: StoredTranscript
  package var target: StoredTranscript?
  package var batches: [BatchRecord]
  package var clips: [ClipRecord]
  package var dropped: [String: Int]
  package var settledCue: Int
  package var series: String?

  package init(
    folder: FilePath, source: StoredTranscript, target: StoredTranscript?, batches: [BatchRecord],
    clips: [ClipRecord], dropped: [String: Int], settledCue: Int, series: String?
  ) {
    self.folder = folder
    self.source = source
    self.target = target
    self.batches = batches
    self.clips = clips
    self.dropped = dropped
    self.settledCue = settledCue
    self.series = series
  }

  /// Whether every batch was answered, or failed for good.
  var isComplete: Bool { batches.allSatisfy { $0.state != .pending } }
}

// What lies beside an episode is taken over.
extension EpisodeStore {
  /// An episode's batches with their answers, in the order of their cues.
  package func batchRecords(of id: Int64) async throws -> [BatchRecord] {
    try await pool.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT batch.content AS batch, batch.content_key AS key, state, reason, shift FROM batch
          WHERE episode_id = ? ORDER BY first_cue, number
          """, arguments: [id])
      return try rows.map { row in
        let key: String = row["key"]
        let state: String = row["state"]
        let kept =
          state == "answered"
          ? try database.row(
            """
            SELECT \(KeptAnswer.listedColumns) FROM answer WHERE content_key = ? AND kind = 'answer'
            """, [key]) : nil
        return BatchRecord(
          batch: try Self.value(from: row["batch"]), contentKey: key,
          state: BatchStanding.State(rawValue: state) ?? .pending, reason: row["reason"],
          shift: row["shift"], answer: try kept.map(KeptAnswer.init(row:)))
      }
    }
  }

  /// Takes over what was published of an episode whose cues are about to be recorded, in one transaction: it is done, or
  /// goes on with the batches that have no answer.
  /// - Returns: false where the episode is in another state by now.
  package func adopt(_ adoption: Adoption, by id: Int64, now: Double) async throws -> Bool {
    try await write { database in
      let event: EpisodeEvent = adoption.isComplete ? .adopted : .transcribed
      guard try Self.apply(event, to: id, reason: nil, now, database) != nil else { return false }
      try Self.forgetSelection(of: id, database)
      try database.execute(sql: "DELETE FROM batch WHERE episode_id = ?", arguments: [id])
      for record in adoption.batches {
        try record.answer.map { try Self.keep($0, database) }
        try database.run(
          """
          INSERT INTO batch (episode_id, number, content_key, content, first_cue, state, reason, shift)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          [
            id, record.batch.number, record.contentKey, try Self.json(record.batch),
            record.batch.firstCue, record.state.rawValue, record.reason, record.shift,
          ])
      }
      try Self.replaceTranscripts(of: id, adoption.source, adoption.target, database)
      for clip in adoption.clips {
        try database.run(
          """
          INSERT INTO clip (episode_id, number, state, reason, content, file, facts, published_at,
            known_at, gone_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          [
            id, clip.group.id, clip.state.rawValue, clip.reason, try Self.json(clip.group),
            clip.file, clip.facts, clip.publishedAt, clip.knownAt, clip.goneAt,
          ])
      }
      for (reason, count) in adoption.dropped {
        try database.run(
          "INSERT INTO dropped_candidates (episode_id, reason, count) VALUES (?, ?, ?)",
          [id, reason, count])
      }
      try database.run(
        """
        UPDATE episode SET folder = ?, series = ?, settled_cue = ?, adopts = 1, early_after = 0
        WHERE id = ?
        """, [adoption.folder.rawBytes, adoption.series, adoption.settledCue, id])
      return true
    }
  }

  /// Keeps answers that somebody has paid for, of an episode that can't be taken over as it was.
  package func keep(_ answers: [KeptAnswer]) async throws {
    try await write { database in
      for answer in answers { try Self.keep(answer, database) }
    }
  }

  /// Takes backlog that was left alone, only to have what was published of it taken over.
  /// - Returns: how many episodes became work.
  package func takeForAdoption(_ paths: [FilePath], now: Double) throws -> Int {
    try pool.write { database in
      var count = 0
      for path in paths {
        let id = try Int64.fetchOne(
          database,
          sql: """
            SELECT id FROM episode WHERE state = 'left_alone' AND adopts = 1
              AND id = (SELECT episode_id FROM location WHERE path = ?)
            """, arguments: [path.rawBytes])
        guard let id else { continue }
        try Self.apply(.taken, to: id, reason: nil, now, database)
        try database.run("UPDATE episode SET adopts = 2 WHERE id = ?", [id])
        count += 1
      }
      return count
    }
  }

  /// Whether what was published of an episode before may be taken over.
  package enum AdoptionStanding: Int, Sendable {
    /// A person had it forgotten.
    case never
    case allowed
    /// It was taken for that alone: it is to be left alone where there is nothing to take over.
    case only
  }

  package func adoptionStanding(of id: Int64) async throws -> AdoptionStanding {
    try await pool.read { database in
      let row = try Row.fetchOne(
        database, sql: "SELECT adopts, origin FROM episode WHERE id = ?", arguments: [id])
      let standing = AdoptionStanding(rawValue: row?["adopts"] ?? 0) ?? .never
      // Somebody has asked for it meanwhile.
      let origin: String? = row?["origin"]
      return standing == .only && origin != EpisodeOrigin.backlog.rawValue ? .allowed : standing
    }
  }

  /// Leaves backlog alone again that was taken for an adoption alone.
  package func leaveAlone(_ id: Int64, now: Double) async throws {
    try await write { database in
      try Self.apply(.otherLanguage, to: id, reason: nil, now, database)
      try database.run("UPDATE episode SET adopts = 1 WHERE id = ?", [id])
    }
  }

  // MARK: - Inside a transaction

  private static func keep(_ answer: KeptAnswer, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO answer (\(KeptAnswer.columns), kind)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'answer') ON CONFLICT DO NOTHING
        """
    ).execute(arguments: try answer.values())
  }
}
