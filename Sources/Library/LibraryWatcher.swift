import Logging
import Settings
import Synchronization
import SystemPackage

/// Finds episodes and subtitles in libraries, for as long as it runs.
///
/// inotify is the hint, the scan is the truth: what an event failed to tell, the next scan finds.
/// Every path keeps the bytes that the file system gave it. Nothing is remembered about files but
/// for those that are settling, so that memory grows with the number of folders only.
package final class LibraryWatcher: Sendable {
  private let libraries: [LibrarySettings]
  private let watch: WatchSettings
  private let memory: any LibraryMemory
  private let logger: Logger
  private let hooks: WatchHooks
  private let signals = Mutex<WatchSignals?>(nil)

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

  /// Watches until it is cancelled. All blocking work is done on a thread of its own, which has
  /// ended its work when this returns. Not to be called again while it runs.
  /// - Throws: `Errno` when there is no thread or no socket left; troubles of a library are told as
  ///   events.
  package func run() async throws {
    let signals = try WatchSignals()
    self.signals.withLock { $0 = signals }
    defer { self.signals.withLock { $0 = nil } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        do {
          try OwnThread.start { [libraries, watch, memory, logger, hooks] in
            WatchLoop(
              libraries: libraries, watch: watch, memory: memory, logger: logger, hooks: hooks,
              signals: signals
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

  /// Returns when the watcher's thread has come round once more; at once while it does not run. What keeps it from
  /// coming round, such as a share that hangs, keeps this too, whatever becomes of the task.
  package func comesRound() async {
    guard let signals = signals.withLock({ $0 }) else { return }
    await withCheckedContinuation { continuation in signals.ask { continuation.resume() } }
  }

  /// Asks for a scan of all libraries now; while one runs, for another after it. From any thread.
  package func scanSoon() {
    signals.withLock { $0 }?.scanSoon()
  }
}
