import Synchronization

/// Wakes the one task that waits. Rings while it is away are kept as one.
final class Doorbell: Sendable {
  private struct State {
    var hasRung = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func ring() {
    let waiter = state.withLock { state in
      if let waiter = state.waiter {
        state.waiter = nil
        return Optional(waiter)
      }
      state.hasRung = true
      return nil
    }
    waiter?.resume()
  }

  /// Returns at the next ring, after `limit`, or when the task is cancelled. One task at a time may wait.
  func wait(atMost limit: Duration?) async {
    await withTaskGroup { group in
      group.addTask { await self.waitForRing() }
      if let limit {
        group.addTask { try? await Task.sleep(for: limit) }
      }
      await group.next()
      group.cancelAll()
    }
  }

  private func waitForRing() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          // The task is marked cancelled before its handler runs, and both take this lock: one of them sees the other.
          if state.hasRung || Task.isCancelled {
            state.hasRung = false
            return true
          }
          state.waiter = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }
      waiter?.resume()
    }
  }
}
