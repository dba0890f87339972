import Control
import Dashboard
import Library
import Logging
import ServiceHost
import ServiceLifecycle
import Settings
import Store

/// The daemon: watches the libraries, works, answers on its socket, and tells the service manager how it is.
package struct Daemon: Sendable {
  private let workshop: Workshop
  private let socket: ControlSocket
  private let configuration: ConfigurationSource
  private let logger: Logger

  package init(
    workshop: Workshop, socket: ControlSocket, configuration: ConfigurationSource, logger: Logger
  ) {
    self.workshop = workshop
    self.socket = socket
    self.configuration = configuration
    self.logger = logger
  }

  /// The services, in the order in which they start; they stop in the opposite order, so that nothing new comes in
  /// before the running work has ended.
  package func services() -> [any Service] {
    let doorbell = Doorbell()
    let changes = Doorbell()
    let conveyor = workshop.conveyor(doorbell: doorbell)
    let voice = ManagerVoice()
    let bridge = LibraryBridge(
      libraries: workshop.settings.libraries, store: workshop.store, doorbell: doorbell,
      logger: logger,
      published: { [live = workshop.live] in
        PublishedBacklog(settings: live.settings).files(of: $0, among: $1)
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
    let watcher = WatcherService(
      LibraryWatcher(
        libraries: workshop.settings.libraries, watch: workshop.settings.watch, memory: bridge,
        logger: logger))
    let vitals = workshop.vitals(watcher: watcher)
    let shown = SettingsInForce(configuration.initial.shown)
    let health = HealthReporter(
      vitals: vitals, bridge: bridge, live: workshop.live, gate: workshop.steps.gate)
    let reloader = Reloader(
      workshop: workshop, bridge: bridge, watcher: watcher, doorbell: doorbell, voice: voice,
      reporter: reporter, source: configuration, shown: shown, logger: logger)
    let handler = RequestHandler(
      requests: requests, reporter: reporter, health: health, reloader: reloader)
    let first: [any Service] = [
      Heartbeat(
        vitals: vitals, voice: voice, interval: ServiceNotifier.watchdogInterval,
        hook: StallHook(workshop, watcher), logger: logger,
        onBeat: { [board = workshop.board] in board.nudge() }),
      ControlServer(socket: socket, handler: handler, logger: logger),
      vitals,
      Teller(workshop: workshop),
    ]
    return first + dashboard(bridge, requests, shown, presence) + [
      conveyor,
      watcher,
      KnownClipsService(
        clips: workshop.knownClips, galleries: workshop.galleries, doorbell: doorbell,
        live: workshop.live),
      UpkeepService(store: workshop.store, decks: workshop.steps.decks, logger: logger),
      ManagerService(
        bridge: bridge, reporter: reporter, board: workshop.board, changes: changes, voice: voice,
        logger: logger),
    ]
  }
}

extension Daemon {
  /// Its service, unless it is switched off.
  private func dashboard(
    _ bridge: LibraryBridge, _ requests: Requests, _ shown: SettingsInForce,
    _ presence: DashboardPresence
  ) -> [any Service] {
    let settings = workshop.settings.dashboard
    guard settings.enabled == .on else { return [] }
    return [
      DashboardServer(
        source: DashboardDesk(
          workshop: workshop, bridge: bridge, requests: requests, inForce: shown),
        options: DashboardOptions(settings), presence: presence, logger: logger)
    ]
  }
}
