import NIOCore
import Synchronization

/// The server's shared state: its traffic, its open connections, and who waits for what.
final class ServerLedger: Sendable {
  private struct Waiter {
    var condition: @Sendable (Traffic) -> Bool
    var continuation: CheckedContinuation<Void, any Error>
  }
  private struct State {
    var traffic = Traffic()
    var connections: [ObjectIdentifier: any Channel] = [:]
    var waiters: [Int: Waiter] = [:]
    var lastWaiter = 0
    var isClosed = false
  }
  private let state = Mutex(State())

  var traffic: Traffic { state.withLock { $0.traffic } }

  func change<Result: Sendable>(_ body: @Sendable (inout Traffic) -> Result) -> Result {
    let (result, due) = state.withLock { state -> (Result, [Waiter]) in
      let result = body(&state.traffic)
      let ready = state.waiters.filter { $0.value.condition(state.traffic) }
      for number in ready.keys { state.waiters[number] = nil }
      return (result, Array(ready.values))
    }
    for waiter in due { waiter.continuation.resume() }
    return result
  }

  func wait(until condition: @escaping @Sendable (Traffic) -> Bool) async throws {
    let number = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // Under the lock: whoever cancels after this look finds the waiter.
        let outcome = state.withLock { state -> Result<Void, any Error>? in
          if Task.isCancelled || state.isClosed { return .failure(CancellationError()) }
          if condition(state.traffic) { return .success(()) }
          state.waiters[number] = Waiter(condition: condition, continuation: continuation)
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  /// A connection that comes once the server has been stopped is closed at once.
  func opened(_ connection: any Channel) {
    let key = ObjectIdentifier(connection)
    let (isNew, isClosed) = state.withLock { state in
      if state.isClosed { return (false, true) }
      return (state.connections.updateValue(connection, forKey: key) == nil, false)
    }
    if isClosed { connection.close(promise: nil) }
    if isNew {
      connection.closeFuture.whenComplete { _ in
        self.state.withLock { _ = $0.connections.removeValue(forKey: key) }
      }
    }
  }

  func closeEverything() {
    let (connections, waiters) = state.withLock { state in
      defer {
        state.isClosed = true
        state.waiters = [:]
      }
      return (Array(state.connections.values), Array(state.waiters.values))
    }
    for connection in connections { connection.close(promise: nil) }
    for waiter in waiters { waiter.continuation.resume(throwing: CancellationError()) }
  }
}
