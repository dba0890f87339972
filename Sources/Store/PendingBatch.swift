import Expressions
import GRDB

/// A batch that waits for its answer.
package struct PendingBatch: Sendable, Hashable {
  package var batch: Batch
  /// The key that its answer would be kept under, were it answered as planned.
  package var contentKey: String
  package var attempts: Int

  package init(batch: Batch, contentKey: String, attempts: Int = 0) {
    self.batch = batch
    self.contentKey = contentKey
    self.attempts = attempts
  }
}

extension PendingBatch {
  static let columns = "batch.content, batch.content_key, batch.attempts"

  init(row: Row) throws {
    batch = try EpisodeStore.value(from: row["content"])
    contentKey = row["content_key"]
    attempts = row["attempts"]
  }
}

/// A batch that failed for good, for a person to read.
package struct BatchProblem: Sendable, Hashable {
  package var number: Int
  package var firstCue: Int
  package var lastCue: Int
  package var attempts: Int
  package var reason: String
}
