/// A lane as status and logs show it.
package struct LaneSnapshot: Sendable, Hashable {
  package typealias Time = PoolMachine.Time

  package enum Breaker: Sendable, Hashable {
    case closed
    case open(until: Time)
    /// The next request is the probe.
    case halfOpen
    case probing
  }
  package var inFlight: Int
  /// Requests in flight that are allowed now, at most the configured `concurrency`.
  package var limit: Int
  package var concurrency: Int
  /// When the server lets itself be asked again; nil while the gate is open.
  package var gateUntil: Time?
  package var breaker: Breaker
  /// The day so far; what runs is counted as reserved.
  package var dayRequests: Int
  package var dayUSD: Double
  /// The smaller one of what was configured and what the server named.
  package var dayRequestLimit: Int?
  package var dayUSDLimit: Double?
  package var dayEnds: Time?
  /// Whether even a request that costs nothing has to wait for the next day.
  package var isDaySpent: Bool
  /// Why it is closed until a person mends it.
  package var stoppedReason: String?
  /// Its last failure in its own words, even if it is well since.
  package var lastFailure: String?
  /// Tickets that may start here; one that may start elsewhere too is counted there as well.
  package var waiting: Int
}

extension PoolMachine {
  package func snapshot(now time: Time) -> [LaneSnapshot] {
    let now = max(latest, time)
    return lanes.indices.map { index in
      let lane = lanes[index]
      let breaker: LaneSnapshot.Breaker =
        switch lane.breaker.state {
        case .closed: .closed
        case .open(let until): now < until ? .open(until: until) : .halfOpen
        case .probing: .probing
        }
      return LaneSnapshot(
        inFlight: lane.inFlight, limit: lane.adaptive.current, concurrency: lane.adaptive.ceiling,
        gateUntil: lane.gate.isClosed(now: now) ? lane.gate.end : nil, breaker: breaker,
        dayRequests: lane.budget.requests, dayUSD: lane.budget.usd,
        dayRequestLimit: lane.budget.requestLimit, dayUSDLimit: lane.budget.usdLimit,
        dayEnds: lane.budget.ends,
        isDaySpent: !lane.budget.isOver(now: now) && lane.budget.room(for: 0) == .none,
        stoppedReason: lane.stopped, lastFailure: lane.lastFailure,
        waiting: waiting.count(lane: index))
    }
  }
}
