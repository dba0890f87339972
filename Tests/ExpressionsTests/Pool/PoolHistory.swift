import Expressions
import Testing

/// A machine that is led through a random life, with an auditor at its side.
struct PoolHistory {
  private enum Mood: CaseIterable { case well, throttling, down, mixed }

  private var machine: PoolMachine
  private(set) var auditor: PoolAuditor
  private var random: SplitMix64
  private var now: Duration = .zero
  private var nextID = 0
  private var submitted = 0
  private var mood = Mood.well
  private var dayEnds: [Duration?]
  private var wakeAt: Duration?
  private(set) var starts = 0
  private(set) var refusals = 0

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    var lanes: [ExtractorLimits] = []
    for _ in 0...Int(random.next() % 3) { lanes.append(Self.limits(&random)) }
    machine = PoolMachine(lanes: lanes, seed: seed)
    auditor = PoolAuditor(lanes: lanes)
    dayEnds = Array(repeating: nil, count: lanes.count)
  }

  private static func limits(_ random: inout SplitMix64) -> ExtractorLimits {
    func maybe(_ range: ClosedRange<Int>, _ random: inout SplitMix64) -> Int? {
      random.next() % 2 == 0 ? nil : Int.random(in: range, using: &random)
    }
    return ExtractorLimits(
      concurrency: Int.random(in: 1...6, using: &random),
      requestsPerMinute: maybe(1...20, &random),
      inputTokensPerMinute: maybe(300...3_000, &random),
      outputTokensPerMinute: maybe(300...3_000, &random),
      requestsPerDay: maybe(1...60, &random),
      usdPerDay: maybe(1...9, &random).map { Double($0) / 100 },
      price: TokenPrice(inputUSD: 1, outputUSD: 5))
  }

  mutating func live(steps: Int) {
    for _ in 0..<steps {
      act()
      decide()
    }
  }

  /// From here on the server is well, and a person mends whatever is broken: all tickets end.
  mutating func settle() {
    machine.reopen(now: now)
    auditor.reopened()
    for _ in 0..<20_000 {
      decide()
      for lane in auditor.lanes.indices where auditor.lanes[lane].awaitsDay { renew(lane) }
      if let id = auditor.running.keys.min() {
        finish(id, as: .answered)
      } else if let wakeAt {
        now = wakeAt
      } else {
        decide()
        if auditor.running.isEmpty, wakeAt == nil { break }
      }
    }
    #expect(auditor.waiting.isEmpty, "tickets wait for ever")
    checkCounts()
  }

  mutating func drain() {
    machine.drain()
    decide()
    #expect(auditor.waiting.isEmpty && wakeAt == nil)
    for id in auditor.running.keys.sorted() { finish(id, as: .answered) }
    decide()
    checkCounts()
  }

  private func checkCounts() {
    #expect(machine.waitingCount == 0 && machine.inFlightCount == 0)
    #expect(auditor.running.isEmpty && auditor.ended == submitted)
  }

  private mutating func decide() {
    let before = machine.snapshot(now: now)
    let decision = machine.decide(now: now)
    let after = machine.snapshot(now: now)
    auditor.check(decision, before: before, after: after, now: now)
    starts += decision.starts.count
    refusals += decision.refusals.count
    wakeAt = decision.wakeAt
    let again = machine.decide(now: now)
    #expect(again.isEmpty && again.wakeAt == wakeAt)
    checkNothingIsMissed(until: wakeAt ?? now + .seconds(1_000))
  }

  /// Before the time that it named, the machine has nothing to start and nothing to refuse.
  private mutating func checkNothingIsMissed(until time: Duration) {
    var other = machine
    let between = now + (time - now) * random.unit()
    guard between < time else { return }
    let decision = other.decide(now: between)
    #expect(decision.starts.isEmpty && decision.refusals.isEmpty)
  }

  private mutating func act() {
    switch random.next() % 100 {
    case 0..<30: submit()
    case 30..<65: finishOne()
    case 65..<70: withdrawOne()
    case 70..<90: pass()
    case 90..<92: mood = Mood.allCases.randomElement(using: &random) ?? .well
    case 92..<93:
      machine.reopen(now: now)
      auditor.reopened()
    default:
      let lane = Int.random(in: auditor.lanes.indices, using: &random)
      renew(lane)
    }
  }

  private mutating func submit() {
    let priority = PoolPriority(
      rank: Int.random(in: 0...1, using: &random),
      episode: Int64.random(in: 0...3, using: &random),
      batch: Int.random(in: 0...9, using: &random))
    var ticket = PoolTicket(
      id: nextID, priority: priority,
      estimate: TokenUsage(
        input: Int.random(in: 0...900, using: &random),
        output: Int.random(in: 0...900, using: &random)))
    if random.next() % 5 == 0 {
      ticket.notBefore = now + .seconds(Int.random(in: -5...100, using: &random))
    }
    if random.next() % 4 == 0 {
      ticket.lanes = Set((0..<4).filter { _ in random.next() % 2 == 0 })
    }
    nextID += 1
    submitted += 1
    machine.submit(ticket, now: now)
    auditor.waiting[ticket.id] = ticket
  }

  private mutating func withdrawOne() {
    let id = auditor.waiting.keys.sorted().randomElement(using: &random) ?? -1
    machine.withdraw(id, now: now)
    auditor.withdrew(id)
    if let running = auditor.running.keys.min() { machine.withdraw(running, now: now) }
  }

  private mutating func pass() {
    switch random.next() % 20 {
    case 0: now += .seconds(Int.random(in: 600...90_000, using: &random))
    case 1..<8: now += .milliseconds(Int.random(in: 0...20_000, using: &random))
    default: now = max(now, wakeAt ?? now)
    }
  }

  private mutating func finishOne() {
    let ids = auditor.running.keys.sorted()
    guard let id = ids.randomElement(using: &random) else { return }
    finish(id, as: outcome())
  }

  private mutating func finish(_ id: Int, as outcome: PoolOutcome) {
    var usage: TokenUsage?
    if random.next() % 2 == 0 {
      usage = TokenUsage(
        input: Int.random(in: 0...1_500, using: &random),
        output: Int.random(in: 0...1_500, using: &random))
    }
    machine.finish(id, outcome, usage: usage, now: now)
    auditor.finished(id, outcome, usage: usage, now: now)
  }

  private mutating func outcome() -> PoolOutcome {
    let pick = random.next() % 100
    switch mood {
    case .well: return pick < 80 ? .answered : pick < 90 ? .unsent : .batchFailed(reason: "blocked")
    case .throttling:
      if pick < 30 { return .answered }
      let waits = [0, 1, 20, 59, 61, 4_000, 200_000]
      return pick < 60 ? .throttled : .throttled(.seconds(waits[Int(pick) % waits.count]))
    case .down:
      return pick < 10 ? .answered : pick < 40 ? .unreachable : .failed
    case .mixed:
      let all: [PoolOutcome] = [
        .answered, .unsent, .failed, .throttled, .unreachable, .cancelled, .daySpent,
        .daySpent(dailyRequests: 40, reason: "40 a day"), .refused, .throttled(.seconds(3)),
      ]
      return all[Int(pick) % all.count]
    }
  }

  /// Tells a lane of its day, if it asks or not.
  private mutating func renew(_ lane: Int) {
    if let ends = dayEnds[lane], ends <= now {
      auditor.lanes[lane].dayNumber += 1
      auditor.lanes[lane].dayRequests = 0
      auditor.lanes[lane].dayUSD = 0
      dayEnds[lane] = nil
    }
    let ends = dayEnds[lane] ?? now + .seconds(Int.random(in: 100...86_400, using: &random))
    dayEnds[lane] = ends
    auditor.lanes[lane].awaitsDay = false
    let book = auditor.lanes[lane]
    machine.setDay(
      PoolDay(requests: book.dayRequests, usd: book.dayUSD, ends: ends), lane: lane, now: now)
  }
}
