extension PoolMachine {
  private enum Placement {
    case lane(Int)
    case wait
    case refuse(PoolRefusal)
  }

  /// Lines and lanes that are through with this decision.
  private struct Round {
    var heldQueues: [Bool]
    var heldLanes: [Bool]
    var wakeAt: Time?

    mutating func wake(at time: Time) {
      wakeAt = min(wakeAt ?? time, time)
    }
  }

  /// What is to be done at this time. Asked again at the same time it has nothing to add.
  package mutating func decide(now time: Time) -> PoolDecision {
    let now = advance(to: time)
    var decision = PoolDecision()
    if isDrained {
      decision.refusals = waiting.removeAll().map { PoolRefusal(id: $0.id, reason: .drained) }
      return decision
    }
    for lane in lanes.indices where lanes[lane].budget.asksForRenewal(now: now) {
      decision.renewDays.append(lane)
    }
    waiting.release(now: now)
    var round = Round(
      heldQueues: Array(repeating: false, count: waiting.queueCount),
      heldLanes: Array(repeating: false, count: lanes.count))
    while let (entry, queue) = waiting.first(held: round.heldQueues) {
      looks += 1
      switch place(entry, now: now, round: &round) {
      case .lane(let lane):
        decision.starts.append(start(entry, lane: lane, now: now))
      case .wait:
        round.heldQueues[queue] = true
      case .refuse(let refusal):
        waiting.remove(entry.ticket.id)
        decision.refusals.append(refusal)
      }
    }
    if let release = waiting.nextRelease { round.wake(at: release) }
    decision.wakeAt = round.wakeAt
    return decision
  }

  private mutating func start(
    _ entry: WaitingTickets.Entry, lane: Int, now: Time
  ) -> PoolStart {
    waiting.remove(entry.ticket.id)
    lastSerial += 1
    let (start, flight) = lanes[lane].start(
      entry.ticket, index: lane, serial: lastSerial, now: now)
    flights[entry.ticket.id] = flight
    return start
  }

  /// A ticket that has to wait holds its whole line, and its lane for those behind it.
  private mutating func place(
    _ entry: WaitingTickets.Entry, now: Time, round: inout Round
  ) -> Placement {
    var shut: [(lane: Int, reopening: LaneStanding.Reopening, reason: PoolRefusal.Reason)] = []
    for lane in entry.lanes {
      let price = lanes[lane].price(of: entry.ticket.estimate)
      if case .shut(let reopening, let reason) = lanes[lane].standing(price: price, now: now) {
        shut.append((lane, reopening, reason))
        continue
      }
      let hold = round.heldLanes[lane] ? .untilTold : lanes[lane].hold(entry.ticket, now: now)
      guard let hold else { return .lane(lane) }
      round.heldLanes[lane] = true
      if case .until(let time) = hold { round.wake(at: time) }
      for case (_, .at(let time), _) in shut { round.wake(at: time) }
      return .wait
    }
    var first: (time: Time, lane: Int, reason: PoolRefusal.Reason)?
    var isProbing = false
    for (lane, reopening, reason) in shut {
      switch reopening {
      case .at(let time):
        if first.map({ time < $0.time }) ?? true { first = (time, lane, reason) }
      case .afterProbe: isProbing = true
      case .never: break
      }
    }
    if let first, isProbing || first.time <= now + options.patience {
      round.wake(at: first.time)
      return .wait
    }
    if isProbing { return .wait }
    return .refuse(
      refusal(
        of: entry, lane: first?.lane ?? shut.first?.lane, until: first?.time,
        reason: first?.reason ?? shut.first?.reason))
  }

  private func refusal(
    of entry: WaitingTickets.Entry, lane: Int?, until: Time?, reason: PoolRefusal.Reason?
  ) -> PoolRefusal {
    let id = entry.ticket.id
    if let lane, let reason {
      let text = reason == .stopped ? lanes[lane].stopped : lanes[lane].lastFailure
      return PoolRefusal(id: id, until: until, reason: reason, lane: lane, text: text)
    }
    let known = lanes.indices.first { entry.ticket.lanes?.contains($0) ?? true }
    return PoolRefusal(id: id, reason: known == nil ? .noLane : .tooDear, lane: known)
  }
}
