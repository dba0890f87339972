import Expressions
import Foundation
import GRDB
import SystemPackage

/// What became of one group's clip.
package struct ClipOutcome: Sendable, Hashable {
  package var number: Int
  /// Name in the episode's clip folder, or nil when it could not be made.
  package var file: String?
  package var reason: String?

  package init(number: Int, file: String?, reason: String?) {
    self.number = number
    self.file = file
    self.reason = reason
  }
}

extension EpisodeStore {
  /// Records an episode's groups, each a clip to be cut, and what was dropped and why, in one transaction.
  package func recordGroups(
    _ groups: [Group], dropped: [Grounding.Rejection: Int], of id: Int64, now: Double
  ) async throws {
    try await pool.write { database in
      try database.execute(sql: "DELETE FROM clip WHERE episode_id = ?", arguments: [id])
      try database.execute(
        sql: "DELETE FROM dropped_candidates WHERE episode_id = ?", arguments: [id])
      for group in groups {
        try database.execute(
          sql: "INSERT INTO clip (episode_id, number, state, content) VALUES (?, ?, 'pending', ?)",
          arguments: [id, group.number, try Self.json(group)])
      }
      for (rejection, count) in dropped {
        try database.execute(
          sql: "INSERT INTO dropped_candidates (episode_id, reason, count) VALUES (?, ?, ?)",
          arguments: [id, rejection.rawValue, count])
      }
      try Self.apply(.grouped, to: id, reason: nil, now, database)
    }
  }

  package func groups(of id: Int64) async throws -> [Group] {
    try await pool.read { database in
      try String.fetchAll(
        database, sql: "SELECT content FROM clip WHERE episode_id = ? ORDER BY number",
        arguments: [id]
      ).map { try Self.value(from: $0) }
    }
  }

  package func droppedCandidates(of id: Int64) async throws -> [String: Int] {
    try await pool.read { database in
      try Row.fetchAll(
        database, sql: "SELECT reason, count FROM dropped_candidates WHERE episode_id = ?",
        arguments: [id]
      ).reduce(into: [:]) { $0[$1["reason"] as String] = $1["count"] }
    }
  }

  /// Remembers where an episode's clips go before anything is written there, so that a later try uses the same folder.
  package func recordFolder(_ folder: FilePath, of id: Int64) async throws {
    try await pool.write {
      try $0.execute(
        sql: "UPDATE episode SET folder = ? WHERE id = ?", arguments: [folder.rawBytes, id])
    }
  }

  /// Records that an episode's clips lie under their final names.
  package func recordPublished(
    _ outcomes: [ClipOutcome], of id: Int64, reason: String?, now: Double
  ) async throws {
    try await pool.write { database in
      for outcome in outcomes {
        try database.execute(
          sql:
            "UPDATE clip SET state = ?, file = ?, reason = ? WHERE episode_id = ? AND number = ?",
          arguments: [
            outcome.file == nil ? "failed" : "published", outcome.file, outcome.reason, id,
            outcome.number,
          ])
      }
      try Self.apply(.published, to: id, reason: reason, now, database)
    }
  }
}
