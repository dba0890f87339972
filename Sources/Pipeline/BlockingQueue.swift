import Dispatch

/// Runs blocking calls on a serial queue of its own, so that the cooperative pool never waits for a disk.
final class BlockingQueue: Sendable {
  /// Serial: a concurrent one would starve Swift tasks on Linux.
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result(catching: body)) }
    }
  }
}
