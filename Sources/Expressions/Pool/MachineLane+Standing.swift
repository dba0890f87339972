extension MachineLane {
  func standing(price: Double, now: Time) -> LaneStanding {
    if stopped != nil { return .shut(.never, .stopped) }
    var latest: (time: Time, reason: PoolRefusal.Reason)?
    func shut(until time: Time, _ reason: PoolRefusal.Reason) {
      if latest.map({ $0.time < time }) ?? true { latest = (time, reason) }
    }
    var isProbing = false
    switch breaker.state {
    case .open(let until) where now < until: shut(until: until, .breakerOpen)
    case .probing: isProbing = true
    case .open, .closed: break
    }
    if let end = gate.end, gate.isPassedBy(now: now) { shut(until: end, .gated) }
    if !budget.isOver(now: now), budget.room(for: price) == .none, let ends = budget.ends {
      shut(until: ends, .daySpent)
    }
    if let latest, !isProbing || latest.time > now + options.patience {
      return .shut(.at(latest.time), latest.reason)
    }
    return isProbing ? .shut(.afterProbe, .breakerOpen) : .takes
  }

  /// What holds the ticket that is first in this lane's line; nil when it may start.
  mutating func hold(_ ticket: PoolTicket, now: Time) -> LaneHold? {
    if budget.isOver(now: now) || inFlight >= adaptive.current { return .untilTold }
    if budget.room(for: price(of: ticket.estimate)) != .enough { return .untilTold }
    var opening: Time?
    func wait(until time: Time?) {
      guard let time else { return }
      opening = max(opening ?? time, time)
    }
    if gate.isClosed(now: now) { wait(until: gate.end) }
    requests?.expire(now: now)
    input?.expire(now: now)
    output?.expire(now: now)
    wait(until: requests?.opening(for: 1))
    wait(until: input?.opening(for: ticket.estimate.input))
    wait(until: output?.opening(for: ticket.estimate.output))
    return opening.map(LaneHold.until)
  }
}
