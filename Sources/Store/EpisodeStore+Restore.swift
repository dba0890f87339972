import Expressions
import GRDB

// Clips that a person deleted and wants back.
extension EpisodeStore {
  /// Has deleted clips of an episode cut again.
  /// - Parameter numbers: the groups' `id`; nil for all.
  /// - Returns: the numbers of those that were deleted, and come back.
  package func restore(_ numbers: Set<Int>?, of id: Int64, now: Double) async throws -> Set<Int> {
    try await write { database in
      let gone = try Int.fetchAll(
        database,
        sql:
          "SELECT number FROM clip WHERE episode_id = ? AND gone_at IS NOT NULL AND known_at IS NULL",
        arguments: [id])
      let wanted = Set(gone).intersection(numbers ?? Set(gone))
      guard !wanted.isEmpty else { return [] }
      try database.execute(
        sql: """
          UPDATE clip SET state = 'pending', file = NULL, facts = NULL, reason = NULL, gone_at = NULL
          WHERE episode_id = ? AND number IN (SELECT value FROM json_each(?))
          """, arguments: [id, try Self.json(wanted)])
      try Self.apply(.resubtitled, to: id, reason: nil, now, database)
      return wanted
    }
  }
}
