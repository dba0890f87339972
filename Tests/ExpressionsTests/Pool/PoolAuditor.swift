import Expressions
import Testing

/// Keeps its own books beside a machine and compares each decision with them.
struct PoolAuditor {
  struct Running {
    let ticket: PoolTicket
    let start: PoolStart
    let day: Int
    /// Place of its tokens in the lane's books.
    let index: Int
    let order: Int
  }

  struct LaneBook {
    let limits: ExtractorLimits
    var starts: [(time: Duration, usage: TokenUsage, isSent: Bool)] = []
    var running = 0
    var probe: Int?
    var wordEnd: Duration = .zero
    var isStopped = false
    var mendedAt = 0
    var dayNumber = 0
    var dayRequests = 0
    var dayUSD = 0.0
    var awaitsDay = false

    var isLimited: Bool { limits.requestsPerDay != nil || limits.usdPerDay != nil }
  }

  var lanes: [LaneBook]
  var waiting: [Int: PoolTicket] = [:]
  var running: [Int: Running] = [:]
  private(set) var ended = 0
  private var startCount = 0

  init(lanes: [ExtractorLimits]) {
    self.lanes = lanes.map { LaneBook(limits: $0) }
  }

  mutating func withdrew(_ id: Int) {
    if waiting.removeValue(forKey: id) != nil { ended += 1 }
  }

  mutating func reopened() {
    for lane in lanes.indices {
      lanes[lane].isStopped = false
      lanes[lane].probe = nil
      lanes[lane].mendedAt = startCount
    }
  }

  mutating func finished(_ id: Int, _ outcome: PoolOutcome, usage: TokenUsage?, now: Duration) {
    guard let run = running.removeValue(forKey: id) else { return }
    ended += 1
    let index = run.start.lane
    lanes[index].running -= 1
    if lanes[index].probe == id { lanes[index].probe = nil }
    var used = usage
    switch outcome {
    case .throttled(let wait, _):
      used = usage ?? .zero
      if let wait, wait > .zero {
        lanes[index].wordEnd = max(lanes[index].wordEnd, now + min(wait, .seconds(86_400)))
      }
    case .refused:
      used = usage ?? .zero
      if run.order > lanes[index].mendedAt { lanes[index].isStopped = true }
    case .daySpent:
      used = usage ?? .zero
      // Without limits of its own the lane has another day now, of an hour, and may ask again.
      if !lanes[index].isLimited { lanes[index].awaitsDay = false }
    case .unreachable, .unsent:
      used = usage ?? .zero
      if run.day == lanes[index].dayNumber { lanes[index].dayRequests -= 1 }
      if outcome == .unsent { lanes[index].starts[run.index].isSent = false }
    case .answered, .batchFailed, .failed, .cancelled: break
    }
    guard let used else { return }
    lanes[index].starts[run.index].usage = used
    if run.day == lanes[index].dayNumber {
      lanes[index].dayUSD += lanes[index].limits.price.cost(of: used) - run.start.usd
    }
  }

  /// - Parameter before: the lanes as they were shown before the decision.
  mutating func check(
    _ decision: PoolDecision, before: [LaneSnapshot], after: [LaneSnapshot], now: Duration
  ) {
    for lane in decision.renewDays {
      #expect(!lanes[lane].awaitsDay)
      lanes[lane].awaitsDay = true
    }
    let ready = waiting.values.filter { $0.notBefore ?? now <= now }
    for refusal in decision.refusals {
      #expect(waiting.removeValue(forKey: refusal.id) != nil, "refused twice or never submitted")
      if let until = refusal.until { #expect(until > now + .seconds(60)) }
      ended += 1
    }
    for start in decision.starts { checkStart(start, before: before[start.lane], now: now) }
    checkPriority(decision, ready: ready)
    for lane in lanes.indices {
      #expect(after[lane].inFlight == lanes[lane].running)
      #expect(after[lane].limit <= max(1, lanes[lane].limits.concurrency))
      if decision.starts.contains(where: { $0.lane == lane }) {
        #expect(lanes[lane].running <= after[lane].limit)
      }
    }
    if let wakeAt = decision.wakeAt { #expect(wakeAt > now) }
  }

  private mutating func checkStart(_ start: PoolStart, before: LaneSnapshot, now: Duration) {
    guard let ticket = waiting.removeValue(forKey: start.id) else {
      Issue.record("ticket \(start.id) started though it did not wait")
      return
    }
    var lane = lanes[start.lane]
    #expect(ticket.lanes?.contains(start.lane) ?? true)
    #expect(ticket.notBefore ?? now <= now)
    #expect(!lane.isStopped && before.stoppedReason == nil)
    #expect(now >= lane.wordEnd && before.gateUntil == nil)
    #expect(!before.isDaySpent)
    #expect(!(lane.awaitsDay && lane.isLimited))
    #expect(lane.probe == nil)
    switch before.breaker {
    case .closed: #expect(!start.isProbe)
    case .halfOpen: #expect(start.isProbe)
    case .open, .probing: Issue.record("started before the breaker let it")
    }
    if start.isProbe { lane.probe = start.id }

    lane.running += 1
    #expect(lane.running <= max(1, lane.limits.concurrency))
    let sent = lane.starts.filter(\.isSent)
    if let limit = lane.limits.requestsPerMinute, sent.count >= limit {
      #expect(now - sent[sent.count - limit].time >= .seconds(60))
    }
    checkTokens(ticket.estimate.input, lane.limits.inputTokensPerMinute, \.input, lane, now)
    checkTokens(ticket.estimate.output, lane.limits.outputTokensPerMinute, \.output, lane, now)

    lane.dayRequests += 1
    lane.dayUSD += start.usd
    #expect(abs(start.usd - lane.limits.price.cost(of: ticket.estimate)) < 1e-9)
    if let limit = lane.limits.requestsPerDay { #expect(lane.dayRequests <= limit) }
    if let limit = before.dayRequestLimit { #expect(lane.dayRequests <= limit) }
    if let limit = lane.limits.usdPerDay { #expect(lane.dayUSD <= limit + 1e-6) }

    startCount += 1
    running[start.id] = Running(
      ticket: ticket, start: start, day: lane.dayNumber, index: lane.starts.count,
      order: startCount)
    lane.starts.append((now, ticket.estimate, true))
    lanes[start.lane] = lane
  }

  private func checkTokens(
    _ amount: Int, _ limit: Int?, _ part: KeyPath<TokenUsage, Int>, _ lane: LaneBook,
    _ now: Duration
  ) {
    guard let limit else { return }
    let used = lane.starts.reversed().prefix { $0.time > now - .seconds(60) }
      .reduce(0) { $0 + $1.usage[keyPath: part] }
    #expect(used == 0 || used + amount <= limit)
  }

  /// Nobody overtakes a ticket whose first choice is the lane; which lanes have money for it is
  /// another matter, so lanes with a day's money are left out.
  private func checkPriority(_ decision: PoolDecision, ready: [PoolTicket]) {
    let started = decision.starts.compactMap { start in
      running[start.id].map { (ticket: $0.ticket, lane: start.lane) }
    }
    for lane in lanes.indices where lanes[lane].limits.usdPerDay == nil {
      let here = started.filter { $0.lane == lane }.map(\.ticket)
      #expect(zip(here, here.dropFirst()).allSatisfy { $0.priority <= $1.priority })
      guard let last = here.last else { continue }
      let overtaken = ready.contains { ticket in
        waiting[ticket.id] != nil && ticket.priority < last.priority
          && (ticket.lanes ?? Set(lanes.indices)).filter(lanes.indices.contains).min() == lane
      }
      #expect(!overtaken)
    }
  }
}
