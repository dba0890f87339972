import GRDB

// What servers were found to understand, opaque to the store.
extension EpisodeStore {
  /// - Parameter endpoint: base URL and model.
  /// - Returns: what was remembered last.
  package func recall(endpoint: String) async throws -> String? {
    try await pool.read { database in
      try String.fetchOne(
        database, sql: "SELECT facts FROM endpoint WHERE name = ?", arguments: [endpoint])
    }
  }

  package func remember(_ facts: String, of endpoint: String, now: Double) async throws {
    try await write { database in
      try database.execute(
        sql: """
          INSERT INTO endpoint (name, facts, updated_at) VALUES (?, ?, ?)
          ON CONFLICT (name) DO UPDATE SET facts = excluded.facts, updated_at = excluded.updated_at
          """, arguments: [endpoint, facts, now])
    }
  }
}
