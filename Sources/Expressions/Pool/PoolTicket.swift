/// One request that waits for its turn.
package struct PoolTicket: Sendable, Hashable {
  /// Unique among the tickets that wait or run.
  package var id: Int
  package var priority: PoolPriority
  /// What it is expected to use; reserved when it starts.
  package var estimate: TokenUsage
  /// It holds up nobody before this time.
  package var notBefore: PoolMachine.Time?
  /// The lanes that it may start on; nil means all.
  package var lanes: Set<Int>?

  package init(
    id: Int, priority: PoolPriority, estimate: TokenUsage = .zero,
    notBefore: PoolMachine.Time? = nil, lanes: Set<Int>? = nil
  ) {
    self.id = id
    self.priority = priority
    self.estimate = estimate
    self.notBefore = notBefore
    self.lanes = lanes
  }
}
