import Library
import ServiceLifecycle
import Synchronization

/// Runs the watcher until a graceful shutdown; another one takes its place when the libraries have changed.
final class WatcherService: Service {
  private let watcher: Mutex<LibraryWatcher>
  private let isReplaced = Doorbell()

  init(_ watcher: LibraryWatcher) { self.watcher = Mutex(watcher) }

  /// The one before ends after the slice of work that it is at. Its libraries are scanned anew, so nothing that happens in
  /// between is missed.
  func replace(with watcher: LibraryWatcher) {
    self.watcher.withLock { $0 = watcher }
    isReplaced.ring()
  }

  /// Returns once the watcher's thread has come round.
  func comesRound(_ body: @escaping @Sendable () -> Void = {}) async {
    await watcher.withLock { $0 }.comesRound(body)
  }

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown {
        while !Task.isCancelled {
          let current = self.watcher.withLock { $0 }
          try await withThrowingTaskGroup { group in
            group.addTask { try await current.run() }
            group.addTask { await self.isReplaced.wait(atMost: nil) }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
          }
        }
      }
    } catch is CancellationError {
      // Stopped, as wanted.
    }
  }
}
