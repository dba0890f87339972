import Expressions

/// The pool before a simulated server, in virtual time.
struct PoolSimulation {
  /// Counts the requests that it let through in the last minute, and refuses what is beyond.
  struct Server {
    var requestsPerMinute: Int?
    /// Whether a refusal names the time when there is room again.
    var namesWait = true
    /// Whether a refused request counts too.
    var countsRefused = false
    var latency: ClosedRange<Double> = 5...5
    /// Way of a request to the server.
    var jitter: ClosedRange<Double> = 0...0
    var counted: [Duration] = []
    var inFlight = 0
    var mostInFlight = 0
  }

  private struct Event: Comparable {
    enum Kind {
      case arrival
      case end(PoolOutcome)
    }
    let time: Duration
    let order: Int
    let id: Int
    let kind: Kind

    static func < (left: Self, right: Self) -> Bool {
      (left.time, left.order) < (right.time, right.order)
    }
    static func == (left: Self, right: Self) -> Bool { left.order == right.order }
  }

  var machine: PoolMachine
  var server: Server
  private(set) var now: Duration = .zero
  private(set) var answered: [(id: Int, time: Duration)] = []
  private(set) var refused: [Duration] = []
  private(set) var arrivals = 0
  private(set) var turnedAway: [PoolRefusal] = []
  private(set) var decisions = 0
  private var events = BinaryHeap<Event>()
  private var order = 0
  private var random: SplitMix64
  private var wakeAt: Duration?

  init(limits: ExtractorLimits, server: Server, tickets: Int, seed: UInt64 = 1) {
    machine = PoolMachine(lanes: [limits], seed: seed)
    self.server = server
    random = SplitMix64(seed: seed &+ 1_000)
    for id in 0..<tickets { machine.submit(Self.ticket(id), now: .zero) }
  }

  private static func ticket(_ id: Int) -> PoolTicket {
    PoolTicket(id: id, priority: PoolPriority(rank: 0, episode: 0, batch: id))
  }

  /// - Returns: false when nothing is left to happen before that time.
  @discardableResult
  mutating func run(until end: Duration) -> Bool {
    while true {
      decide()
      guard let next = [events.first?.time, wakeAt].compactMap({ $0 }).min(), next <= end else {
        return events.first != nil || wakeAt != nil
      }
      now = next
      while let event = events.first, event.time <= now {
        events.popFirst()
        handle(event)
      }
    }
  }

  private mutating func decide() {
    let decision = machine.decide(now: now)
    decisions += 1
    wakeAt = decision.wakeAt
    turnedAway += decision.refusals
    for start in decision.starts { schedule(.arrival, of: start.id, after: server.jitter) }
  }

  private mutating func handle(_ event: Event) {
    switch event.kind {
    case .arrival:
      arrivals += 1
      server.inFlight += 1
      server.mostInFlight = max(server.mostInFlight, server.inFlight)
      if let wait = serverWait() {
        refused.append(now)
        let outcome = PoolOutcome.throttled(
          wait: server.namesWait ? wait : nil, reason: "slow down")
        schedule(.end(outcome), of: event.id, after: 0.05...0.1)
      } else {
        schedule(.end(.answered), of: event.id, after: server.latency)
      }
    case .end(let outcome):
      server.inFlight -= 1
      machine.finish(event.id, outcome, now: now)
      if outcome == .answered {
        answered.append((event.id, now))
      } else {
        machine.submit(Self.ticket(event.id), now: now)
      }
    }
  }

  /// How long until the server has room; nil when it takes the request.
  private mutating func serverWait() -> Duration? {
    guard let limit = server.requestsPerMinute else { return nil }
    let now = now
    server.counted.removeAll { $0 + .seconds(60) <= now }
    let isFull = server.counted.count >= limit
    let oldest = server.counted.first ?? now
    if !isFull || server.countsRefused { server.counted.append(now) }
    return isFull ? oldest + .seconds(60) - now : nil
  }

  private mutating func schedule(_ kind: Event.Kind, of id: Int, after: ClosedRange<Double>) {
    order += 1
    let wait = after.lowerBound + (after.upperBound - after.lowerBound) * random.unit()
    let time =
      now + (after.lowerBound == after.upperBound ? .seconds(after.lowerBound) : .seconds(wait))
    events.insert(Event(time: time, order: order, id: id, kind: kind))
  }
}
