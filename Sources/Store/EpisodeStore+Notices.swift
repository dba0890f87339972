import Expressions
import GRDB

// What is told, to whom it was, and what is wrong.
extension EpisodeStore {
  /// So many at once; the rest follows when these are told.
  private static let mostNotices = 1_000

  /// Has receivers that are new be told of what comes from now on.
  package func beginTelling(_ marks: [ToldMark]) async throws {
    guard !marks.isEmpty else { return }
    try await write { database in
      for mark in marks {
        try database.execute(
          sql: """
            INSERT INTO told (receiver, topic, through)
              VALUES (?, ?, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'notice'), 0))
              ON CONFLICT DO NOTHING
            """, arguments: [mark.receiver, mark.topic.rawValue])
      }
    }
  }

  /// Forgets what others than these were told.
  package func forgetReceivers(but receivers: [String]) async throws {
    try await write { database in
      try database.execute(
        sql: "DELETE FROM told WHERE receiver NOT IN (SELECT value FROM json_each(?))",
        arguments: [try Self.json(receivers)])
    }
  }

  package func told() async throws -> [ToldMark: Int64] {
    try await pool.read { database in
      try Row.fetchAll(database, sql: "SELECT receiver, topic, through FROM told").reduce(into: [:])
      {
        guard let topic = NoticeRecord.Topic(rawValue: $1["topic"]) else { return }
        $0[ToldMark(receiver: $1["receiver"], topic: topic)] = $1["through"]
      }
    }
  }

  /// Those from after a time, in the order in which they came.
  /// - Parameter topic: nil for all.
  package func notices(
    of topic: NoticeRecord.Topic? = nil, after id: Int64, since time: Double
  ) async throws -> [NoticeRecord] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, topic, at, content FROM notice
            WHERE id > ?1 AND at > ?2 AND (?3 IS NULL OR topic = ?3) ORDER BY id LIMIT ?4
          """, arguments: [id, time, topic?.rawValue, Self.mostNotices]
      ).compactMap { row in
        NoticeRecord.Topic(rawValue: row["topic"]).map {
          NoticeRecord(id: row["id"], topic: $0, at: row["at"], content: row["content"])
        }
      }
    }
  }

  /// Records that a receiver knows of everything up to a notice.
  package func recordTold(_ mark: ToldMark, through id: Int64) async throws {
    try await write { database in
      try database.execute(
        sql: """
          INSERT INTO told (receiver, topic, through) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET through = max(through, excluded.through)
          """, arguments: [mark.receiver, mark.topic.rawValue, id])
    }
  }

  package func openTroubles() async throws -> [TroubleRecord] {
    try await pool.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM trouble ORDER BY since").map {
        TroubleRecord(
          kind: $0["kind"], subject: $0["subject"], since: $0["since"], reason: $0["reason"],
          mark: $0["mark"])
      }
    }
  }

  /// Remembers what is wrong, and has it told; nothing is told again of what is remembered already.
  package func beginTrouble(_ trouble: TroubleRecord, notice: String, now: Double) async throws {
    try await write { database in
      try database.execute(
        sql: """
          INSERT INTO trouble (kind, subject, since, reason, mark) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
          """,
        arguments: [
          trouble.kind, trouble.subject, trouble.since, trouble.reason, trouble.mark,
        ])
      guard database.changesCount > 0 else { return }
      try Self.addNotice(.trouble, notice, now, database)
    }
  }

  /// Forgets what was wrong.
  /// - Parameter notice: tells of its end; nil where nobody need know.
  package func endTrouble(
    kind: String, subject: String, notice: String?, now: Double
  ) async throws {
    try await write { database in
      try database.execute(
        sql: "DELETE FROM trouble WHERE kind = ? AND subject = ?", arguments: [kind, subject])
      if let notice { try Self.addNotice(.trouble, notice, now, database) }
    }
  }

  /// Whether an episode has a step that can be taken by a time, of these origins.
  /// - Parameter time: in seconds since 1970; nil for any time.
  package func hasWork(for origins: [EpisodeOrigin], by time: Double?) async throws -> Bool {
    let states = EpisodeState.working.map(\.rawValue)
    return try await pool.read { database in
      try Bool.fetchOne(
        database,
        sql: """
          SELECT EXISTS (SELECT 1 FROM episode
            WHERE state IN (SELECT value FROM json_each(?)) AND \(Self.isThere)
              AND origin IN (SELECT value FROM json_each(?))
              AND (?3 IS NULL OR coalesce(next_attempt_at, 0) <= ?3))
          """, arguments: [try Self.json(states), try Self.json(origins.map(\.rawValue)), time])
        ?? false
    }
  }

  // MARK: - Inside a transaction

  static func countUntold(_ clip: Int, of id: Int64, _ database: Database) throws {
    try database.execute(
      sql: """
        UPDATE episode SET untold_clips = untold_clips + (SELECT count(*) FROM clip
          WHERE episode_id = ?1 AND number = ?2 AND published_at IS NULL) WHERE id = ?1
        """, arguments: [id, clip])
  }

  static func tell(
    of id: Int64, _ notice: ((Int) throws -> String)?, _ now: Double, _ database: Database
  ) throws {
    let count = try Int.fetchOne(
      database, sql: "SELECT untold_clips FROM episode WHERE id = ?", arguments: [id])
    guard let count, count > 0 else { return }
    try database.execute(
      sql: "UPDATE episode SET untold_clips = 0 WHERE id = ?", arguments: [id])
    if let notice { try addNotice(.clips, try notice(count), now, database) }
  }

  private static func addNotice(
    _ topic: NoticeRecord.Topic, _ content: String, _ now: Double, _ database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO notice (topic, at, content) VALUES (?, ?, ?)",
      arguments: [topic.rawValue, now, content])
  }
}
