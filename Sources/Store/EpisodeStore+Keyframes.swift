import GRDB

extension EpisodeStore {
  /// What a search for keyframes has found in a file with this fingerprint.
  package func keyframes(of fingerprint: String) async throws -> String? {
    try await pool.read { database in
      try String.fetchOne(
        database, sql: "SELECT content FROM keyframes WHERE fingerprint = ?",
        arguments: [fingerprint])
    }
  }

  package func keepKeyframes(_ content: String, of fingerprint: String) async throws {
    try await write {
      try $0.execute(
        sql: "INSERT OR REPLACE INTO keyframes (fingerprint, content) VALUES (?, ?)",
        arguments: [fingerprint, content])
    }
  }
}
