import Expressions
import Foundation
import GRDB

/// How far the work of all episodes has come, for a line of status.
package struct WorkProgress: Sendable, Hashable {
  /// Of the episodes that are with the extractor.
  package var batchesDone: Int
  package var batchesTotal: Int
  /// Clips that were published since a given time.
  package var clips: Int
}

extension EpisodeStore {
  static let progressSQL = """
    SELECT
      (SELECT count(*) FROM batch JOIN episode ON episode.id = batch.episode_id
        WHERE episode.state = :state) AS total,
      (SELECT count(*) FROM batch JOIN episode ON episode.id = batch.episode_id
        WHERE episode.state = :state AND batch.state IN ('answered', 'failed')) AS done,
      (SELECT count(*) FROM clip WHERE published_at >= :since) AS clips
    """

  /// - Parameter since: seconds since 1970, from when on clips are counted.
  package func progress(since: Double) async throws -> WorkProgress {
    try await pool.read { database in
      let row = try Row.fetchOne(
        database, sql: Self.progressSQL,
        arguments: ["state": EpisodeState.extracting.rawValue, "since": since])
      return WorkProgress(
        batchesDone: row?["done"] ?? 0, batchesTotal: row?["total"] ?? 0, clips: row?["clips"] ?? 0)
    }
  }

  /// Returns once the writer has held the write lock, called `body`, and committed. Nothing is changed, so no disk
  /// wakes for it.
  package func passWriter(_ body: @escaping @Sendable () -> Void = {}) async throws {
    try await pool.write { _ in body() }
  }
}
