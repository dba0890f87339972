import Expressions
import GRDB

@testable import Store

// What the program never asks for, and tests do.
extension EpisodeStore {
  /// Whether what was published of an episode before may be taken over: not where a person had it forgotten.
  func adopts(_ id: Int64) async throws -> Bool {
    try await pool.read { database in
      try Bool.fetchOne(database, sql: "SELECT adopts FROM episode WHERE id = ?", arguments: [id])
        ?? false
    }
  }

  /// The reasons of an episode's failed attempts, the oldest first.
  func incidents(of id: Int64) async throws -> [String] {
    try await pool.read { database in
      try String.fetchAll(
        database,
        sql: "SELECT step || ': ' || reason FROM incident WHERE episode_id = ? ORDER BY id",
        arguments: [id])
    }
  }

  func keptAnswer(_ contentKey: String) async throws -> KeptAnswer? {
    try await pool.read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT \(KeptAnswer.columns) FROM answer WHERE content_key = ? AND kind = 'answer'
          """, arguments: [contentKey]
      ).map(KeptAnswer.init(row:))
    }
  }
}
