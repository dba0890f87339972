import Expressions
import GRDB

// The ledger: what providers were asked and paid, by their days.
extension EpisodeStore {
  package func spending(of provider: String, day: String) async throws -> DaySpending {
    try await pool.read { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM spending WHERE provider = ? AND day = ?",
        arguments: [provider, day]
      ).map {
        DaySpending(
          requests: $0["requests"],
          usage: TokenUsage(input: $0["input_tokens"], output: $0["output_tokens"]),
          usd: $0["usd"], requestLimit: $0["known_request_limit"], isClosed: $0["closed"])
      } ?? DaySpending()
    }
  }

  /// Counts calls before they are made, all in one transaction. They are durable when this returns.
  package func reserve(_ reservations: [Reservation]) async throws {
    try await add(
      reservations.map {
        Correction(
          provider: $0.provider, day: $0.day, requests: $0.requests, usage: .zero,
          usdDelta: $0.usd)
      })
  }

  /// Sets reservations right by what the calls have used, all in one transaction. No sum falls below 0.
  package func settle(_ corrections: [Correction]) async throws { try await add(corrections) }

  private func add(_ corrections: [Correction]) async throws {
    guard !corrections.isEmpty else { return }
    try await write { database in
      for correction in corrections {
        let usage = correction.usage.bounded
        try Self.expectRow(correction.provider, correction.day, database)
        try database.execute(
          sql: """
            UPDATE spending SET requests = max(0, requests + ?), input_tokens = input_tokens + ?,
              output_tokens = output_tokens + ?, usd = max(0.0, usd + ?)
            WHERE provider = ? AND day = ?
            """,
          arguments: [
            correction.requests, usage.input, usage.output, correction.usdDelta.finite,
            correction.provider, correction.day,
          ])
      }
    }
  }

  /// Records that a provider's day is used up.
  /// - Parameter requestLimit: the day's limit, where the provider has told it; nil keeps what it told before.
  package func closeDay(
    _ provider: String, _ day: String, requestLimit: Int?
  ) async throws {
    try await write { database in
      try Self.expectRow(provider, day, database)
      try database.execute(
        sql: """
          UPDATE spending SET closed = 1, known_request_limit = coalesce(?, known_request_limit)
          WHERE provider = ? AND day = ?
          """, arguments: [requestLimit, provider, day])
    }
  }

  /// A person says that a closed day has more: the provider is asked again.
  package func reopenDay(_ provider: String, _ day: String) async throws {
    try await write { database in
      try database.execute(
        sql: """
          UPDATE spending SET closed = 0, known_request_limit = NULL
          WHERE provider = ? AND day = ?
          """, arguments: [provider, day])
    }
  }

  /// What was asked and paid from a day on, by provider.
  package func spendingTotal(since day: String) async throws -> [SpendingTotal] {
    try await pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT provider, sum(requests) AS requests, sum(input_tokens) AS input,
            sum(output_tokens) AS output, sum(usd) AS usd
          FROM spending WHERE day >= ? GROUP BY provider ORDER BY provider
          """, arguments: [day]
      ).map {
        SpendingTotal(
          provider: $0["provider"], requests: $0["requests"],
          usage: TokenUsage(input: $0["input"], output: $0["output"]), usd: $0["usd"])
      }
    }
  }

  // MARK: - Inside a transaction

  private static func expectRow(
    _ provider: String, _ day: String, _ database: Database
  ) throws {
    try database.execute(
      sql: "INSERT INTO spending (provider, day) VALUES (?, ?) ON CONFLICT DO NOTHING",
      arguments: [provider, day])
  }
}
