/// Closed while a server wishes to be left alone; shared by all requests of a lane.
package struct LaneGate: Sendable {
  package typealias Time = PoolMachine.Time

  /// When it opens, if it was ever closed.
  package private(set) var end: Time?
  /// Whether it was closed for longer than anybody waits, so that tickets go past the lane.
  private var isLong = false
  /// Grows with each throttle without a word and shrinks slowly with successes: so the waits find a
  /// length after which the server is seldom asked in vain.
  private var level = 0
  private var successes = 0
  private static let successesToRelax = 10

  package init() {}

  package func isClosed(now: Time) -> Bool {
    end.map { now < $0 } ?? false
  }

  package func isPassedBy(now: Time) -> Bool {
    isLong && isClosed(now: now)
  }

  /// - Parameters:
  ///   - wait: the server's word.
  ///   - isNews: false for a request that was in flight beside one that was throttled before: only
  ///     a server's word makes it count.
  package mutating func throttled(
    wait: Duration?, isNews: Bool, now: Time, options: PoolOptions, random: Double
  ) {
    if let wait, wait > .zero {
      close(for: min(wait, options.longestGate), now: now, patience: options.patience)
    } else if isNews {
      successes = 0
      if isBelowCap(options) { level += 1 }
      let wait = Backoff.fullJitter(
        attempt: level, base: options.gateBase, cap: options.gateCap, random: random)
      close(for: wait, now: now, patience: options.patience)
    }
  }

  package mutating func succeeded() {
    successes += 1
    guard successes >= Self.successesToRelax else { return }
    successes = 0
    level = max(0, level - 1)
  }

  private func isBelowCap(_ options: PoolOptions) -> Bool {
    level == 0
      || Backoff.ceiling(attempt: level, base: options.gateBase, cap: options.gateCap)
        < options.gateCap
  }

  private mutating func close(for wait: Duration, now: Time, patience: Duration) {
    guard now + wait > end ?? now else { return }
    end = now + wait
    isLong = wait > patience
  }
}
