import Control
import Dashboard
import Library
import Logging
import ServiceHost
import ServiceLifecycle
import Settings

/// The daemon: watches the libraries, works, answers on its socket, and tells the service manager how it is.
package struct Daemon: Sendable {
  private let workshop: Workshop
  private let socket: ControlSocket
  private let inForce: [SettingEntry]
  private let logger: Logger

  /// - Parameter inForce: every setting with its origin, as the dashboard shows them; secrets are hidden.
  package init(
    workshop: Workshop, socket: ControlSocket,
    inForce: [(key: String, value: String, origin: String)], logger: Logger
  ) {
    self.workshop = workshop
    self.socket = socket
    self.inForce = inForce.map { SettingEntry(key: $0.key, value: $0.value, origin: $0.origin) }
    self.logger = logger
  }

  /// The services, in the order in which they start; they stop in the opposite order, so that nothing new comes in
  /// before the running work has ended.
  package func services() -> [any Service] {
    let doorbell = Doorbell()
    let changes = Doorbell()
    let conveyor = workshop.conveyor(doorbell: doorbell)
    let bridge = LibraryBridge(
      libraries: workshop.settings.libraries, store: workshop.store, doorbell: doorbell,
      logger: logger,
      published: { [settings = workshop.settings] in
        PublishedBacklog(settings: settings).files(of: $0, among: $1)
      },
      onChange: { [board = workshop.board] in
        changes.ring()
        board.nudge()
      },
      onFailure: {
        conveyor.standStill($0)
        doorbell.ring()
      })
    let presence = DashboardPresence(host: workshop.settings.dashboard.listen.host)
    let reporter = StatusReporter(workshop: workshop, bridge: bridge, dashboard: presence)
    let requests = Requests(workshop: workshop, doorbell: doorbell)
    let watcher = LibraryWatcher(
      libraries: workshop.settings.libraries, watch: workshop.settings.watch, memory: bridge,
      logger: logger)
    let vitals = workshop.vitals(watcher: watcher)
    let health = HealthReporter(
      vitals: vitals, bridge: bridge, libraries: workshop.settings.libraries.map(\.name))
    return [
      ControlServer(
        socket: socket,
        handler: RequestHandler(requests: requests, reporter: reporter, health: health),
        logger: logger),
      vitals,
    ] + dashboard(bridge, requests, reporter, presence) + [
      conveyor,
      WatcherService(watcher: watcher),
      KnownClipsService(
        clips: workshop.knownClips, galleries: workshop.galleries, doorbell: doorbell,
        interval: workshop.settings.watch.scanInterval),
      UpkeepService(store: workshop.store, logger: logger),
      ManagerService(
        bridge: bridge, reporter: reporter, board: workshop.board, changes: changes, logger: logger),
    ]
  }
}

extension Daemon {
  /// Its service, unless it is switched off.
  private func dashboard(
    _ bridge: LibraryBridge, _ requests: Requests, _ reporter: StatusReporter,
    _ presence: DashboardPresence
  ) -> [any Service] {
    let settings = workshop.settings.dashboard
    guard settings.enabled == .on else { return [] }
    return [
      DashboardServer(
        source: DashboardDesk(
          workshop: workshop, bridge: bridge, requests: requests, reporter: reporter,
          inForce: inForce),
        options: DashboardOptions(settings), presence: presence, logger: logger)
    ]
  }
}

/// Runs the watcher until a graceful shutdown.
private struct WatcherService: Service {
  let watcher: LibraryWatcher

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown { try await watcher.run() }
    } catch is CancellationError {
      // Stopped, as wanted.
    }
  }
}
