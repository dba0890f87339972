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
    var providers: [ProviderSet]
  }

  private let state: Mutex<State>

  init(_ parts: Parts, providers: ProviderSet) {
    state = Mutex(State(parts: parts, providers: [providers]))
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
      state.providers.append(providers)
      return former
    }
  }

  /// Forgets the clients of former pools, for the caller to close them. Blocks nothing itself.
  func takeFormerProviders() -> [ProviderSet] {
    state.withLock { state in
      defer { state.providers = state.providers.suffix(1) }
      return Array(state.providers.dropLast())
    }
  }

  /// Waits for the clients' threads.
  func close() {
    let providers = state.withLock { state in
      defer { state.providers = [] }
      return state.providers
    }
    for provider in providers { provider.close() }
  }
}
