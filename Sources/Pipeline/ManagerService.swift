import Logging
import ServiceHost
import ServiceLifecycle
import Settings

/// Tells the service manager: ready when every library is watched, then what is going on, then stopping.
struct ManagerService: Service {
  let bridge: LibraryBridge
  let reporter: StatusReporter
  let board: ProgressBoard
  let changes: Doorbell
  let voice: ManagerVoice
  let logger: Logger

  /// The status changes at most this often.
  private static let pace = Duration.seconds(1)

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown { try await tell() }
    } catch is CancellationError {
      // Stopped, as wanted.
    }
    let working = board.current.first.map { ": \($0.text)" } ?? ""
    voice.stopping(status: working.isEmpty ? "Stopping" : "Stopping, ends what it is at\(working)")
    logger.notice("stopping")
  }

  private func tell() async throws {
    // Watching begins first, so that no change is missed.
    let posted = board.changes()
    let names = reporter.settings.libraries.map(\.name).joined(separator: ", ")
    voice.status("Starting: looking through \(names)")
    while !bridge.isSettled {
      await changes.wait(atMost: nil)
      try Task.checkCancellation()
    }
    var shown = await line() ?? "Ready"
    voice.becomeReady(status: shown)
    logger.notice("ready", metadata: ["status": "\(shown)"])
    for await _ in posted {
      if let line = await line(), line != shown {
        voice.status(line)
        shown = line
      }
      try await Task.sleep(for: Self.pace)
    }
  }

  /// A store that can't be read for a moment is the conveyor's trouble, and told there.
  private func line() async -> String? { try? await reporter.line() }
}
