import Expressions
import Foundation
import GRDB
import SystemPackage

// The conveyor's side: what is to be done next, and what came of it.
extension EpisodeStore {
  /// When the next postponed step is due, or a waiting batch is late, in seconds since 1970.
  package func nextAttempt(after now: Double, lateAfter: Double = 0) async throws -> Double? {
    try await pool.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT min(due) FROM (
            SELECT min(next_attempt_at) AS due FROM episode WHERE next_attempt_at > :now
            UNION ALL SELECT min(early_after) FROM episode
              WHERE early_after > :now AND state = 'extracting'
            UNION ALL SELECT min(refresh_after) FROM episode WHERE refresh_after > :now
            UNION ALL SELECT min(subtitles_after) FROM episode WHERE subtitles_after > :now
            UNION ALL SELECT min(place_after) FROM episode WHERE place_after > :now
            UNION ALL SELECT min(waiting_since) + :late FROM batch
              WHERE state = 'pending' AND waiting_since > :now - :late)
          """)
      return try Double.fetchOne(statement, arguments: ["now": now, "late": lateAfter])
    }
  }

  package func episode(_ id: Int64) async throws -> EpisodeRecord {
    try await pool.read { try Self.episode(id, $0) }
  }

  /// The episode whose file is, or last was, at a path.
  package func episode(at path: FilePath) async throws -> EpisodeRecord? {
    try await pool.read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT \(EpisodeRecord.columns) FROM episode
          WHERE id = (SELECT episode_id FROM location WHERE path = ?)
          """, arguments: [path.rawBytes]
      ).map(EpisodeRecord.init(row:))
    }
  }

  /// Whether an episode's file is known to be gone from a path.
  package func isMissing(at path: FilePath) async throws -> Bool {
    try await pool.read { database in
      try Bool.fetchOne(
        database, sql: "SELECT is_missing FROM location WHERE path = ?", arguments: [path.rawBytes])
        ?? false
    }
  }

  /// The places where an episode's file is.
  package func locations(of id: Int64) async throws -> [FilePath] {
    try await pool.read { database in
      try Data.fetchAll(
        database,
        sql: "SELECT path FROM location WHERE episode_id = ? AND is_missing = 0 ORDER BY path",
        arguments: [id]
      ).map(FilePath.init(rawBytes:))
    }
  }

  /// Records the file that a person asked for; like a settled file, but first in line.
  package func recordRequest(
    _ file: FileStamp, library: String, now: Double
  ) async throws -> EpisodeRecord {
    try await write { database in
      _ = try Self.record(file, library: library, origin: .request, now, database)
      let id = try Int64.fetchOne(
        database, sql: "SELECT episode_id FROM location WHERE path = ?",
        arguments: [file.path.rawBytes])
      guard let id else {
        throw StoreError(code: .other, message: "\(file.path) was not recorded")
      }
      try database.execute(
        sql: "UPDATE episode SET origin = 'request', next_attempt_at = NULL WHERE id = ?",
        arguments: [id])
      return try Self.episode(id, database)
    }
  }

  /// What a probe's fingerprint showed.
  package enum Identity: Sendable, Hashable {
    case new
    /// The file is a known episode under another name or at another place; its row took the location over.
    case known(Int64, origin: EpisodeOrigin)
    /// Another file has the name by now; it is to be probed itself.
    case replaced
  }

  /// Records a probe. An episode with the same fingerprint is the same episode, wherever the file lies.
  /// - Parameter seen: the record that the probed file was found by.
  package func recordProbe(
    of seen: EpisodeRecord, fingerprint: String, probe: String, now: Double
  ) async throws -> Identity {
    try await write { database in
      let id = seen.id
      let present = try Self.episode(id, database)
      guard present.path == seen.path, present.modified == seen.modified,
        present.sizeBytes == seen.sizeBytes
      else { return .replaced }
      let known = try Int64.fetchOne(
        database, sql: "SELECT id FROM episode WHERE fingerprint = ? AND id <> ?",
        arguments: [fingerprint, id])
      if let known {
        try database.execute(
          sql: "UPDATE location SET episode_id = ? WHERE episode_id = ?", arguments: [known, id])
        try database.execute(sql: "DELETE FROM episode WHERE id = ?", arguments: [id])
        if seen.origin != .backlog {
          // Backlog that was left alone, and is dropped or asked for now, is taken.
          try Self.apply(.taken, to: known, reason: nil, now, database)
        }
        try Self.tellOfPlace(known, now, database)
        // It may have waited for subtitles that lie beside it here, or have others than here.
        try Self.tellOfSubtitles(known, now, database)
        return .known(known, origin: seen.origin)
      }
      try database.execute(
        sql: "UPDATE episode SET fingerprint = ?, probe = ? WHERE id = ?",
        arguments: [fingerprint, probe, id])
      try Self.apply(.probed, to: id, reason: nil, now, database)
      return .new
    }
  }

  /// Moves an episode on. Nothing happens when the event means nothing in its state.
  package func record(
    _ event: EpisodeEvent, of id: Int64, reason: String? = nil, now: Double
  ) async throws {
    try await write { _ = try Self.apply(event, to: id, reason: reason, now, $0) }
  }

  /// Records a failed attempt at a step: to be tried again at `retryAt`, or never when that is nil.
  /// - Parameter counts: false for waits that are nobody's fault, such as a full disk; they use up no attempt.
  package func recordFailure(
    of id: Int64, reason: String, retryAt: Double?, counts: Bool, now: Double
  ) async throws {
    try await write { database in
      let record = try Self.episode(id, database)
      if record.reason != reason || counts {
        try database.execute(
          sql: "INSERT INTO incident (episode_id, at, step, reason) VALUES (?, ?, ?, ?)",
          arguments: [id, now, record.state.rawValue, reason])
      }
      guard let retryAt else {
        try Self.apply(.failed, to: id, reason: reason, now, database)
        return
      }
      try database.execute(
        sql: """
          UPDATE episode SET reason = ?, next_attempt_at = ?, attempts = attempts + ?, updated_at = ?
          WHERE id = ?
          """, arguments: [reason, retryAt, counts ? 1 : 0, now, id])
    }
  }

  /// Takes the newest episodes of the backlog that was left alone.
  package func takeBacklog(newest limit: Int, now: Double) async throws -> Int {
    try await write { database in
      let ids = try Int64.fetchAll(
        database,
        sql: """
          SELECT episode.id FROM episode JOIN location ON episode_id = episode.id
          WHERE state = 'left_alone' AND is_missing = 0
          GROUP BY episode.id ORDER BY max(modified_ns) DESC LIMIT ?
          """, arguments: [limit])
      for id in ids { try Self.apply(.taken, to: id, reason: nil, now, database) }
      return ids.count
    }
  }

  // MARK: - Inside a transaction

  /// - Returns: the new state, or nil when the event means nothing in the present one.
  @discardableResult
  static func apply(
    _ event: EpisodeEvent, to id: Int64, reason: String?, _ now: Double, _ database: Database
  ) throws -> EpisodeState? {
    guard let next = try state(of: id, database).after(event) else { return nil }
    try database.run(
      """
      UPDATE episode SET state = ?, reason = ?, next_attempt_at = NULL, updated_at = ?,
        attempts = CASE WHEN ? THEN attempts + 1 ELSE 0 END
      WHERE id = ?
      """, [next.rawValue, reason, now, next == .failed, id])
    return next
  }

  private static func state(of id: Int64, _ database: Database) throws -> EpisodeState {
    guard let row = try database.row("SELECT state FROM episode WHERE id = ?", [id]) else {
      throw StoreError(code: .other, message: "the store has no episode \(id)")
    }
    return try EpisodeRecord.state(row["state"])
  }

  static func episode(_ id: Int64, _ database: Database) throws -> EpisodeRecord {
    let row = try database.row("SELECT \(EpisodeRecord.columns) FROM episode WHERE id = ?", [id])
    guard let row else {
      throw StoreError(code: .other, message: "the store has no episode \(id)")
    }
    return try EpisodeRecord(row: row)
  }
}
