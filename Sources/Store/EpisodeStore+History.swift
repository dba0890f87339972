import GRDB

// What is not kept for ever.
extension EpisodeStore {
  private static let day = 86_400.0
  /// Failed attempts of episodes, by age and by number.
  private static let incidentDays = 180.0
  private static let incidentsPerEpisode = 100
  /// The books of the providers' days.
  private static let spendingDays = 800.0
  /// What nobody is told any more.
  private static let noticeDays = 7.0

  /// Removes failed attempts and books that are older than anybody asks for, and keyframes of files that are not known
  /// any more. Answers, clips and episodes stay.
  /// - Returns: how many rows went.
  @discardableResult
  package func pruneHistory(now: Double) async throws -> Int {
    try await write { database in
      let before = database.totalChangesCount
      try database.execute(
        sql: "DELETE FROM incident WHERE at < ?", arguments: [now - Self.incidentDays * Self.day])
      try database.execute(
        sql: """
          DELETE FROM incident WHERE id IN (
            SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY episode_id ORDER BY id DESC) AS place
              FROM incident WHERE episode_id IN
                (SELECT episode_id FROM incident GROUP BY episode_id HAVING count(*) > :most))
            WHERE place > :most)
          """, arguments: ["most": Self.incidentsPerEpisode])
      try database.execute(
        sql: "DELETE FROM spending WHERE day < strftime('%Y-%m-%d', ?, 'unixepoch')",
        arguments: [now - Self.spendingDays * Self.day])
      try database.execute(
        sql: "DELETE FROM notice WHERE at < ?", arguments: [now - Self.noticeDays * Self.day])
      try database.execute(
        sql: """
          DELETE FROM keyframes WHERE fingerprint NOT IN
            (SELECT fingerprint FROM episode WHERE fingerprint IS NOT NULL)
          """)
      return database.totalChangesCount - before
    }
  }
}
