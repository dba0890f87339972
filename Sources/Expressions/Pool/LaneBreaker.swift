/// Keeps requests away from a server that fails, then lets one through to see.
package struct LaneBreaker: Sendable {
  package typealias Time = PoolMachine.Time

  package enum State: Sendable, Hashable {
    case closed
    /// Closed to all until then, afterwards open to one probe.
    case open(until: Time)
    case probing(id: Int)
  }

  package enum Failure: Sendable, Hashable {
    case failed, unreachable
    case throttled(isNews: Bool)
  }

  package private(set) var state = State.closed
  private var failures = 0
  private var unreachables = 0
  private var throttles = 0
  /// Openings since the lane was last well.
  private var openings = 0
  /// The last request that had started when it opened: failures up to here are known already.
  private var countsAfter = 0

  package init() {}

  package mutating func probe(id: Int) {
    state = .probing(id: id)
  }

  package mutating func reached(id: Int) {
    switch state {
    case .closed: clearCounts()
    case .probing(id: id):
      state = .closed
      openings = 0
      clearCounts()
    case .open, .probing: break
    }
  }

  /// A probe that says nothing makes room for another one.
  package mutating func cancelled(id: Int, now: Time) {
    if state == .probing(id: id) { state = .open(until: now) }
  }

  package mutating func failed(
    _ failure: Failure, id: Int, serial: Int, lastSerial: Int, now: Time, options: PoolOptions,
    random: Double
  ) {
    if state != .probing(id: id) {
      guard state == .closed, serial > countsAfter else { return }
      guard count(failure, options: options) else { return }
    }
    openings += 1
    countsAfter = lastSerial
    clearCounts()
    let wait = Backoff.upperJitter(
      attempt: openings, base: options.breakerBase, cap: options.breakerCap, random: random)
    state = .open(until: now + wait)
  }

  /// - Parameter lastSerial: requests up to here say nothing any more.
  package mutating func reset(lastSerial: Int) {
    state = .closed
    openings = 0
    countsAfter = lastSerial
    clearCounts()
  }

  /// - Returns: whether that was one too many.
  private mutating func count(_ failure: Failure, options: PoolOptions) -> Bool {
    switch failure {
    case .failed:
      failures += 1
      unreachables = 0
    case .unreachable:
      failures += 1
      unreachables += 1
    case .throttled(let isNews):
      if isNews { throttles += 1 }
      unreachables = 0
    }
    return failures >= options.breakerThreshold || unreachables >= options.unreachableThreshold
      || throttles >= options.throttleThreshold
  }

  private mutating func clearCounts() {
    failures = 0
    unreachables = 0
    throttles = 0
  }
}
