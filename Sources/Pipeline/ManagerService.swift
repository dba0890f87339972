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
    try? await cancelWhenGracefulShutdown {
      while !bridge.isSettled {
        await changes.wait(atMost: nil)
        try Task.checkCancellation()
      }
      let line = try await reporter.line()
      notifier.ready(status: line)
      logger.notice("ready", metadata: ["status": "\(line)"])
      var shown = line
      for await _ in board.changes() {
        let line = try await reporter.line()
        if line != shown {
          notifier.status(line)
          shown = line
        }
        try await Task.sleep(for: Self.pace)
      }
    }
    notifier.stopping()
    logger.notice("stopping")
  }
}
