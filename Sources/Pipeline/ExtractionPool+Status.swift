import Expressions

// What a line of status says of the pool.
extension ExtractionPool {
  /// Requests in flight on all lanes.
  var inFlight: Int { snapshot().map(\.inFlight).reduce(0, +) }

  /// Why lanes take nothing right now, in the few words of a line of status.
  func shortClosures() -> [String] {
    zip(lanes, snapshot()).compactMap { lane, snapshot in
      shortClosure(of: snapshot, named: lane.name.prefix { $0 != "/" })
    }
  }

  private func shortClosure(of lane: LaneSnapshot, named name: Substring) -> String? {
    if lane.stoppedReason != nil { return "\(name) refuses: see langflix status" }
    if lane.isDaySpent {
      return "\(name) has used up its day"
        + (lane.dayEnds.map { ", waits until \(Self.clock(wallTime(of: $0)))" } ?? "")
    }
    if case .open(let until) = lane.breaker {
      return "\(name) fails, tried again at \(Self.clock(wallTime(of: until)))"
    }
    return lane.gateUntil.map { "\(name) waits until \(Self.clock(wallTime(of: $0)))" }
  }
}
