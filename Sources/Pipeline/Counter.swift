import Synchronization

/// Counts from several tasks.
final class Counter: Sendable {
  private let value = Mutex(0)

  /// - Returns: the count with this one.
  func increment() -> Int {
    value.withLock {
      $0 += 1
      return $0
    }
  }
}
