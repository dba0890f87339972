import Control
import Expressions
import Library
import Logging
import Settings
import Store
import SystemPackage

/// Puts another configuration in force while the daemon runs. A wrong one changes nothing.
actor Reloader {
  private let workshop: Workshop
  private let bridge: LibraryBridge
  private let watcher: WatcherService
  private let doorbell: Doorbell
  private let voice: ManagerVoice
  private let reporter: StatusReporter
  private let source: ConfigurationSource
  private let shown: SettingsInForce
  private let logger: Logger
  private var inForce: NewConfiguration
  private var isReloading = false

  init(
    workshop: Workshop, bridge: LibraryBridge, watcher: WatcherService, doorbell: Doorbell,
    voice: ManagerVoice, reporter: StatusReporter, source: ConfigurationSource,
    shown: SettingsInForce, logger: Logger
  ) {
    self.workshop = workshop
    self.bridge = bridge
    self.watcher = watcher
    self.doorbell = doorbell
    self.voice = voice
    self.reporter = reporter
    self.source = source
    self.shown = shown
    self.logger = logger
    inForce = source.initial
  }

  /// Reads the configuration and puts it in force. Returns when steps that begin from now on work under it.
  func reload() async -> ControlReply {
    // Between the awaits below another request may come.
    guard !isReloading else { return .failure("the configuration is being read anew already") }
    // The work that ends must not be given another pool, which nobody would drain.
    guard voice.phase != .stopping else { return .failure("the daemon is stopping") }
    isReloading = true
    defer { isReloading = false }
    voice.reloading()
    let reply: ControlReply
    do {
      let new = try await source.load()
      reply = .reloaded(try await apply(new))
    } catch {
      logger.error(
        "configuration refused; the one before stays in force", metadata: ["reason": "\(error)"])
      reply = .failure("\(error)\nthe configuration before stays in force")
    }
    voice.reloaded(status: (try? await reporter.line()) ?? "Ready")
    return reply
  }

  private func apply(_ new: NewConfiguration) async throws -> ReloadReport {
    let former = workshop.settings
    let settings = new.settings(keepingFixedOf: former)
    let changes = new.changes(since: inForce)
    try await replaceParts(settings, former)
    if settings.libraries != former.libraries || settings.watch != former.watch {
      bridge.follow(settings.libraries, before: former.libraries)
      await workshop.knownClips.follow(settings.libraries)
      await workshop.galleries.follow(settings.libraries)
      watcher.replace(
        with: LibraryWatcher(
          libraries: settings.libraries, watch: settings.watch, memory: bridge, logger: logger))
    }
    source.onChange(settings)
    inForce = NewConfiguration(
      settings: settings, shown: new.shown(keepingFixedOf: inForce.shown))
    shown.all = inForce.shown
    let later = changes.filter(NewConfiguration.isFixed)
    let report = ReloadReport(
      changed: changes.filter { !NewConfiguration.isFixed($0) }, needRestart: later)
    logger.notice(
      "configuration reloaded",
      metadata: [
        "changed": "\(report.changed.joined(separator: ", "))",
        "need_restart": "\(later.joined(separator: ", "))",
      ])
    // What waited for a provider or a setting may go on.
    workshop.steps.gate.lookAgain()
    doorbell.ring()
    workshop.alarms.bell.ring()
    workshop.board.nudge()
    return report
  }

  private func replaceParts(_ settings: LangflixSettings, _ former: LangflixSettings) async throws {
    var parts = workshop.live.current
    parts.settings = settings
    parts.media = Workshop.media(settings, workshop.program, logger)
    guard settings.extraction != former.extraction else {
      _ = workshop.live.replace(parts, providers: nil)
      return
    }
    let disk = workshop.steps.disk
    let providers = try await ProviderSet(
      settings: settings.extraction, store: workshop.store, disk: disk, logger: logger)
    do {
      // What waits for a provider is looked at anew.
      try await workshop.store.releaseExtraction(now: EpisodeSteps.now)
    } catch {
      try? await disk.run { providers.close() }
      throw error
    }
    parts.pool = ExtractionPool(
      lanes: providers.lanes, ledger: SpendingLedger(store: workshop.store),
      alarms: workshop.alarms, logger: logger)
    guard let pool = workshop.live.replace(parts, providers: providers) else { return }
    // What is in flight is paid for and ends; what waits goes to the new providers.
    await pool.drain()
    closeClients(of: pool, disk)
  }

  private func closeClients(of pool: ExtractionPool, _ disk: BlockingQueue) {
    // Unstructured, for an answer may take minutes and no caller waits for it; what is not closed by then is at the end.
    Task { [live = workshop.live] in
      while await pool.inFlight > 0 { try? await Task.sleep(for: .seconds(1)) }
      try? await disk.run { live.takeProviders(of: pool)?.close() }
    }
  }
}

/// Where the daemon's configuration comes from.
package struct ConfigurationSource: Sendable {
  let initial: NewConfiguration
  /// Reads it anew.
  let load: @Sendable () async throws -> NewConfiguration
  /// Called with the settings that are in force from now on: for the log.
  let onChange: @Sendable (LangflixSettings) -> Void

  package init(
    initial: NewConfiguration, load: @escaping @Sendable () async throws -> NewConfiguration,
    onChange: @escaping @Sendable (LangflixSettings) -> Void
  ) {
    self.initial = initial
    self.load = load
    self.onChange = onChange
  }
}
