/// Who goes first; the smaller one does.
package struct PoolPriority: Sendable, Hashable, Comparable {
  /// New drops before backlog.
  package var rank: Int
  /// One episode is finished before the next begins.
  package var episode: Int64
  /// Batches in the episode's order.
  package var batch: Int

  package init(rank: Int, episode: Int64, batch: Int) {
    self.rank = rank
    self.episode = episode
    self.batch = batch
  }

  package static func < (left: Self, right: Self) -> Bool {
    if left.rank != right.rank { return left.rank < right.rank }
    if left.episode != right.episode { return left.episode < right.episode }
    return left.batch < right.batch
  }
}
