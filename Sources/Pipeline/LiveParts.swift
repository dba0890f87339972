import Expressions
import Logging
import Media
import Settings
import Store
import Synchronization
import SystemPackage

/// What a reload replaces while the daemon runs. A step of an episode takes all of it once, at its beginning, so that no
/// step works under two configurations.
final class LiveParts: Sendable {
  struct Parts: Sendable {
    var settings: LangflixSettings
    var pool: ExtractionPool
    var media: MediaWorkerClient
  }

  private struct State {
    var parts: Parts
    /// The clients of the pool, and of former ones that still have requests in flight.
    var clients: [(pool: ExtractionPool, providers: ProviderSet)]
  }

  private let state: Mutex<State>

  init(_ parts: Parts, providers: ProviderSet) {
    state = Mutex(State(parts: parts, clients: [(parts.pool, providers)]))
  }

  var current: Parts { state.withLock { $0.parts } }
  var settings: LangflixSettings { current.settings }
  var pool: ExtractionPool { current.pool }

  /// - Parameter providers: those of the pool, where it is another one.
  /// - Returns: the pool before, where it was replaced: it is to be drained.
  func replace(_ parts: Parts, providers: ProviderSet?) -> ExtractionPool? {
    state.withLock { state in
      let former = state.parts.pool
      state.parts = parts
      guard let providers else { return nil }
      state.clients.append((parts.pool, providers))
      return former
    }
  }

  /// Forgets the clients of one former pool, for the caller to close them: another one's may have requests in flight.
  /// - Returns: nil where they were taken before.
  func takeProviders(of pool: ExtractionPool) -> ProviderSet? {
    state.withLock { state in
      guard let index = state.clients.firstIndex(where: { $0.pool === pool }) else { return nil }
      return state.clients.remove(at: index).providers
    }
  }

  /// Ends what is in flight; the clients' threads end soon after.
  func close() {
    let providers = state.withLock { state in
      defer { state.clients = [] }
      return state.clients.map(\.providers)
    }
    for provider in providers { provider.close() }
  }
}
