import Synchronization

/// Lets one task at a time through for each key, so that two episodes with the same dialogue do not pay twice.
final class KeyedTurns: Sendable {
  private struct Waiter {
    var id: Int
    var continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    /// Keys that a task works on, with those who wait for it.
    var lines: [String: [Waiter]] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  func withTurn<Value>(
    _ key: String, _ body: () async throws -> Value
  ) async throws -> Value {
    try await wait(for: key)
    defer { pass(key) }
    return try await body()
  }

  private func wait(for key: String) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<Void, any Error>? = state.withLock { state in
          // The task is marked cancelled before its handler runs, and both take this lock: one of them sees the other.
          if Task.isCancelled { return .failure(CancellationError()) }
          guard state.lines[key] != nil else {
            state.lines[key] = []
            return .success(())
          }
          state.lines[key]?.append(Waiter(id: id, continuation: continuation))
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        guard let place = state.lines[key]?.firstIndex(where: { $0.id == id }) else { return nil }
        return state.lines[key]?.remove(at: place)
      }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  private func pass(_ key: String) {
    let next = state.withLock { state -> Waiter? in
      guard let line = state.lines[key], !line.isEmpty else {
        state.lines[key] = nil
        return nil
      }
      return state.lines[key]?.removeFirst()
    }
    next?.continuation.resume()
  }
}
