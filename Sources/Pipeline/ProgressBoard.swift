import Synchronization

/// What is being done right now, for those who watch: `process`, and `status` of the service manager.
///
/// Watchers get the newest changes; a slow one misses some in between, never the last.
final class ProgressBoard: Sendable {
  struct Change: Sendable {
    var episode: Int64
    var text: String
    /// Of the whole episode, 0 to 1.
    var fraction: Double
  }

  private struct State {
    var current: [Int64: Change] = [:]
    var watchers: [Int: AsyncStream<Change>.Continuation] = [:]
    var nextWatcher = 0
  }

  private let state = Mutex(State())

  func post(_ episode: Int64, _ text: String, fraction: Double) {
    let change = Change(episode: episode, text: text, fraction: fraction)
    state.withLock { state in
      state.current[episode] = change
      for watcher in state.watchers.values { watcher.yield(change) }
    }
  }

  /// The episode is at rest: done, failed, or waiting.
  func clear(_ episode: Int64) {
    state.withLock { state in
      state.current[episode] = nil
      let change = Change(episode: episode, text: "", fraction: 1)
      for watcher in state.watchers.values { watcher.yield(change) }
    }
  }

  /// Has watchers look again: something changed that no step did.
  func nudge() {
    state.withLock { state in
      for watcher in state.watchers.values {
        watcher.yield(Change(episode: 0, text: "", fraction: 0))
      }
    }
  }

  var current: [Change] { state.withLock { Array($0.current.values) } }

  func changes() -> AsyncStream<Change> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Change.self, bufferingPolicy: .bufferingNewest(64))
    let id = state.withLock { state in
      state.nextWatcher += 1
      state.watchers[state.nextWatcher] = continuation
      return state.nextWatcher
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { $0.watchers[id] = nil }
    }
    return stream
  }
}
