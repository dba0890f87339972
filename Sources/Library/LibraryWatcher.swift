import Logging
import Settings
import Synchronization
import SystemPackage

/// Finds episodes and subtitles in libraries, for as long as it runs.
///
/// inotify is the hint, the scan is the truth: what an event failed to tell, the next scan finds.
/// Every path keeps the bytes that the file system gave it. Nothing is remembered about files but
/// for those that are settling and, at most `LaterLooks.most` in a library, those that were taken a while ago, so that
/// memory grows with the number of folders.
package final class LibraryWatcher: Sendable {
  private let libraries: [LibrarySettings]
  private let watch: WatchSettings
  private let memory: any LibraryMemory
  private let logger: Logger
  private let hooks: WatchHooks
  private let signals = Mutex<[WatchSignals]>([])

  package init(
    libraries: [LibrarySettings], watch: WatchSettings, memory: any LibraryMemory, logger: Logger,
    hooks: WatchHooks = .init()
  ) {
    self.libraries = libraries
    self.watch = watch
    self.memory = memory
    self.logger = logger
    self.hooks = hooks
  }

  /// Watches until it is cancelled. All blocking work is done on threads of its own, one for each
  /// library, which have ended their work when this returns: a share that hangs holds up no other.
  /// Not to be called again while it runs.
  /// - Throws: `Errno` when there is no thread or no socket left; troubles of a library are told as
  ///   events.
  package func run() async throws {
    let memory = OneAtATime(memory)
    // Without libraries there is one that waits for the end.
    let shares = libraries.isEmpty ? [[]] : libraries.map { [$0] }
    defer { signals.withLock { $0 = [] } }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for share in shares {
        let signals = try WatchSignals()
        self.signals.withLock { $0.append(signals) }
        group.addTask { try await self.follow(share, memory, signals) }
      }
      try await group.waitForAll()
    }
  }

  private func follow(
    _ share: [LibrarySettings], _ memory: OneAtATime, _ signals: WatchSignals
  ) async throws {
    let roots = Set(libraries.map(\.root))
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        do {
          try OwnThread.start { [watch, logger, hooks] in
            WatchLoop(
              libraries: share, roots: roots, watch: watch, memory: memory, logger: logger,
              hooks: hooks, signals: signals
            ).run()
            signals.close()
            continuation.resume()
          }
        } catch {
          signals.close()
          continuation.resume(throwing: error)
        }
      }
    } onCancel: {
      signals.stop()
    }
  }

  /// Returns when all of the watcher's threads have come round once more; at once while none runs. What keeps it from
  /// coming round, such as a share that hangs, keeps this too, whatever becomes of the task.
  /// - Parameter body: called on that thread then.
  package func comesRound(_ body: @escaping @Sendable () -> Void = {}) async {
    for signals in signals.withLock({ $0 }) {
      await withCheckedContinuation { continuation in
        signals.ask {
          body()
          continuation.resume()
        }
      }
    }
  }

  /// Asks for a scan of all libraries now; while one runs, for another after it. From any thread. For tests.
  package func scanSoon() {
    for signals in signals.withLock({ $0 }) { signals.scanSoon() }
  }
}
