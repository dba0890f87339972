import Expressions

/// A machine with a few words for tests.
struct PoolBench {
  var machine: PoolMachine
  var now: Duration = .zero

  init(_ lanes: ExtractorLimits..., seed: UInt64 = 1) {
    machine = PoolMachine(lanes: lanes, seed: seed)
  }

  /// Tickets in the order of their ids.
  mutating func submit(
    _ ids: ClosedRange<Int>, tokens: Int = 0, lanes: Set<Int>? = nil, notBefore: Duration? = nil
  ) {
    for id in ids {
      machine.submit(
        PoolTicket(
          id: id, priority: PoolPriority(rank: 0, episode: 0, batch: id),
          estimate: TokenUsage(input: tokens, output: 0), notBefore: notBefore, lanes: lanes),
        now: now)
    }
  }

  /// What starts now.
  mutating func starts() -> [Int] {
    machine.decide(now: now).starts.map(\.id)
  }

  mutating func startsByLane() -> [[Int]] {
    machine.decide(now: now).starts.map { [$0.id, $0.lane] }
  }

  mutating func finish(_ ids: Int..., as outcome: PoolOutcome, usage: TokenUsage? = nil) {
    for id in ids { machine.finish(id, outcome, usage: usage, now: now) }
  }

  mutating func wakeAt() -> Duration? { machine.decide(now: now).wakeAt }

  /// Goes on to when the machine wants to be asked.
  mutating func sleep() {
    if let time = wakeAt() { now = time }
  }

  func lane(_ index: Int = 0) -> LaneSnapshot { machine.snapshot(now: now)[index] }
}

extension PoolOutcome {
  static let failed = Self.failed(reason: "500")
  static let throttled = Self.throttled(wait: nil, reason: "429")
  static let unreachable = Self.unreachable(reason: "no route to host")
  static let refused = Self.refused(reason: "wrong key")
  static let daySpent = Self.daySpent(dailyRequests: nil, reason: "per day")

  static func throttled(_ wait: Duration) -> Self { .throttled(wait: wait, reason: "429") }
}
