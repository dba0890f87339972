/// Requests in flight that a server seems to bear: halved when it throttles, one more after each
/// full round of successes.
package struct AdaptiveLimit: Sendable {
  package let ceiling: Int
  package private(set) var current: Int
  private var successes = 0
  /// The last request that had started when the limit was lowered.
  private var loweredAfter = 0

  /// It begins at the ceiling: a server that bears what was configured is used in full at once.
  /// - Parameter ceiling: taken as 1 when it is smaller.
  package init(ceiling: Int) {
    self.ceiling = max(1, ceiling)
    current = self.ceiling
  }

  /// Requests that were in flight together are throttled together: the first one speaks for all.
  /// - Returns: whether the limit was lowered, which is news and no echo.
  package mutating func throttled(serial: Int, lastSerial: Int) -> Bool {
    guard serial > loweredAfter else { return false }
    current = max(1, current / 2)
    successes = 0
    loweredAfter = lastSerial
    return true
  }

  /// - Returns: whether it started after the last throttle, which is news too.
  package mutating func succeeded(serial: Int) -> Bool {
    guard serial > loweredAfter else { return false }
    successes += 1
    if successes >= current {
      successes = 0
      current = min(ceiling, current + 1)
    }
    return true
  }
}
