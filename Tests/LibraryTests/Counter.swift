import Synchronization

/// Counts calls, up to a limit.
final class Counter: Sendable {
  private let count = Mutex(0)
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// Counts this call unless the limit is reached.
  func isBelowLimit() -> Bool {
    count.withLock { count in
      guard count < limit else { return false }
      count += 1
      return true
    }
  }
}
