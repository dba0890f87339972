/// A request that runs.
struct PoolFlight: Sendable {
  let lane: Int
  /// Its place in the order of all starts.
  let serial: Int
  let estimate: TokenUsage
  let usd: Double
  /// The lane's day at the start.
  let day: Int
  let requestMark: Int?
  let inputMark: Int?
  let outputMark: Int?
}
