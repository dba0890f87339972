/// What a lane has spent of its provider's day.
package struct PoolDay: Sendable, Hashable {
  /// Requests that were started, running ones included.
  package var requests: Int
  /// Money as it was written: what running requests reserved, and what ended ones took.
  package var usd: Double
  /// When the provider's day ends.
  package var ends: PoolMachine.Time
  /// The day's limit by the server's own word; the smaller of this and the configured one holds.
  package var requestLimit: Int?
  /// Whether the server said that the day is used up, whatever was counted here.
  package var isSpent: Bool

  package init(
    requests: Int, usd: Double, ends: PoolMachine.Time, requestLimit: Int? = nil,
    isSpent: Bool = false
  ) {
    self.requests = requests
    self.usd = usd
    self.ends = ends
    self.requestLimit = requestLimit
    self.isSpent = isSpent
  }
}
