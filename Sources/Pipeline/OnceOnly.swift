import Synchronization

/// Texts that are told once in a run of the program.
final class OnceOnly: Sendable {
  private let told = Mutex<Set<String>>([])

  /// - Returns: whether it was not told before.
  func insert(_ text: String) -> Bool { told.withLock { $0.insert(text).inserted } }
}
