import Synchronization

/// Slows down whoever tries tokens: so many wrong ones from one address, and so many from all, then none for a while.
final class SignInLimit: Sendable {
  static let failuresOfOne = 5
  static let failuresOfAll = 50
  /// After the last failure that counts, in seconds.
  static let pause = 60.0
  /// Addresses that are remembered; beyond it the limit of all is what holds.
  private static let remembered = 1_000

  private struct Failures {
    var count = 0
    var last = 0.0
  }
  private struct State {
    var all = Failures()
    var byAddress: [String: Failures] = [:]
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> Double

  init(now: @escaping @Sendable () -> Double) { self.now = now }

  /// How many seconds the address has to wait; nil when it may try.
  func wait(_ address: String) -> Double? {
    let time = now()
    return state.withLock { state in
      let ends = [
        Self.end(state.all, Self.failuresOfAll),
        Self.end(state.byAddress[Self.key(address)] ?? Failures(), Self.failuresOfOne),
      ]
      let end = ends.compactMap { $0 }.max() ?? 0
      return end > time ? end - time : nil
    }
  }

  func recordFailure(_ address: String) {
    let time = now()
    state.withLock { state in
      Self.add(&state.all, time)
      let key = Self.key(address)
      if state.byAddress.count >= Self.remembered, state.byAddress[key] == nil {
        state.byAddress = state.byAddress.filter { time - $0.value.last < Self.pause }
        guard state.byAddress.count < Self.remembered else { return }
      }
      Self.add(&state.byAddress[key, default: Failures()], time)
    }
  }

  func recordSuccess(_ address: String) {
    state.withLock { $0.byAddress[Self.key(address)] = nil }
  }

  private static func add(_ failures: inout Failures, _ time: Double) {
    if time - failures.last >= pause { failures.count = 0 }
    failures.count += 1
    failures.last = time
  }

  private static func end(_ failures: Failures, _ limit: Int) -> Double? {
    failures.count >= limit ? failures.last + pause : nil
  }

  /// One household has a whole /64 of IPv6.
  private static func key(_ address: String) -> String {
    let groups = address.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count > 4, !address.hasPrefix("::") else { return address }
    return groups[..<4].joined(separator: ":")
  }
}
