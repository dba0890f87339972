import GRDB

/// What a person has stopped, and since when, in seconds since 1970.
package struct WorkPause: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable { case all, backlog }

  package var since: [Kind: Double]

  package init(since: [Kind: Double] = [:]) { self.since = since }

  /// Whether work that was taken for this reason is stopped.
  package func stops(_ origin: EpisodeOrigin) -> Bool {
    since[.all] != nil || (origin == .backlog && since[.backlog] != nil)
  }
}

extension EpisodeStore {
  /// Kept over restarts, until it is resumed. A pause that is there already keeps its time.
  package func pause(_ kind: WorkPause.Kind, now: Double) async throws -> WorkPause {
    try await write { database in
      try database.execute(
        sql: "INSERT INTO pause (kind, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
        arguments: [kind.rawValue, now])
      return try Self.workPause(database)
    }
  }

  /// Ends every pause.
  package func resume() async throws {
    try await write { try $0.execute(sql: "DELETE FROM pause") }
  }

  package func workPause() async throws -> WorkPause {
    try await pool.read(Self.workPause)
  }

  @Sendable private static func workPause(_ database: Database) throws -> WorkPause {
    let rows = try Row.fetchAll(database, sql: "SELECT kind, since FROM pause")
    return WorkPause(
      since: rows.reduce(into: [:]) { since, row in
        if let kind = WorkPause.Kind(rawValue: row["kind"]) { since[kind] = row["since"] }
      })
  }
}
