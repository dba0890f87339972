import Logging
import ServiceHost
import ServiceLifecycle

/// Tells the service manager: ready when every library is watched, then what is going on, then stopping.
struct ManagerService: Service {
  let bridge: LibraryBridge
  let reporter: StatusReporter
  let board: ProgressBoard
  let changes: Doorbell
  let logger: Logger

  /// The status changes at most this often.
  private static let pace = Duration.seconds(1)

  func run() async throws {
    let notifier = ServiceNotifier()
    do {
      try await cancelWhenGracefulShutdown { try await tell(notifier) }
    } catch is CancellationError {
      // Stopped, as wanted.
    }
    notifier.stopping()
    logger.notice("stopping")
  }

  private func tell(_ notifier: ServiceNotifier) async throws {
    // Watching begins first, so that no change is missed.
    let posted = board.changes()
    while !bridge.isSettled {
      await changes.wait(atMost: nil)
      try Task.checkCancellation()
    }
    var shown = await line() ?? "Ready"
    notifier.ready(status: shown)
    logger.notice("ready", metadata: ["status": "\(shown)"])
    for await _ in posted {
      if let line = await line(), line != shown {
        notifier.status(line)
        shown = line
      }
      try await Task.sleep(for: Self.pace)
    }
  }

  /// A store that can't be read for a moment is the conveyor's trouble, and told there.
  private func line() async -> String? { try? await reporter.line() }
}
