import ArgumentParser
import Control
import Foundation
import Logging
import Pipeline
import ServiceHost
import Settings
import SystemPackage

/// The options that every command has.
struct CommonOptions: ParsableArguments {
  @Option(help: "Configuration file.", completion: .file(extensions: ["yaml"]))
  var config: String?

  @Option(help: "Folder of the store, its lock and the control socket.")
  var stateFolder: String?

  @Option(help: "How much is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel: String?

  private var overrides: [String: String] {
    var overrides: [String: String] = [:]
    overrides["state_folder"] = stateFolder
    overrides["log.level"] = logLevel
    return overrides
  }

  /// Loads the configuration.
  /// - Throws: `ConfigurationError`.
  func read(requiresKeys: Bool) async throws -> LoadedConfiguration {
    try await ConfigurationLoader.load(
      file: config, overrides: overrides, environment: ProcessInfo.processInfo.environment,
      requiresKeys: requiresKeys)
  }

  /// Loads the configuration; a wrong one is told on standard error and ends the program.
  /// - Parameter requiresKeys: false for commands that ask no provider themselves: who calls them may not be allowed
  ///   to read the keys.
  func load(requiresKeys: Bool = false) async throws -> LoadedConfiguration {
    do {
      let loaded = try await read(requiresKeys: requiresKeys)
      for warning in loaded.warnings { Output.error("warning: \(warning)") }
      return loaded
    } catch {
      Output.error("\(error)")
      throw ExitStatus.configuration
    }
  }
}

/// A command's surroundings, made of its configuration.
struct Runtime {
  let settings: LangflixSettings
  let logger: Logger
  /// What is wrong with the keys of the providers in use.
  let keyProblems: [String]
  private let usesDefaultState: Bool
  private let threshold: LogThreshold
  private let secrets = SecretFilter()

  /// - Parameter level: the log level where the configuration names none; commands on a terminal are quieter than
  ///   the daemon.
  init(_ loaded: LoadedConfiguration, level: Logger.Level? = nil) {
    settings = loaded.settings
    keyProblems = loaded.keyProblems
    usesDefaultState = loaded.origins.contains {
      $0.key == "state_folder" && $0.origin == "default"
    }
    let isSet = loaded.origins.contains { $0.key == "log.level" && $0.origin != "default" }
    let configured = Self.level(settings)
    threshold = LogThreshold(isSet ? configured : level ?? configured)
    let destination = LogDestination(format: settings.log.format)
    LoggingSystem.bootstrap { [threshold, secrets] label in
      destination.handler(label: label, level: threshold, secrets: secrets)
    }
    logger = Logger(label: "langflix")
    secrets.add(Self.secrets(settings))
  }

  /// Has the log follow settings that were read anew.
  func follow(_ settings: LangflixSettings) {
    threshold.level = Self.level(settings)
    secrets.add(Self.secrets(settings))
  }

  private static func level(_ settings: LangflixSettings) -> Logger.Level {
    Logger.Level(rawValue: settings.log.level.rawValue) ?? .info
  }

  private static func secrets(_ settings: LangflixSettings) -> [String] {
    settings.extraction.providers.compactMap { $0.apiKey?.value }
      + [settings.dashboard.token, settings.jellyfin.key, settings.plex.key].compactMap {
        $0?.value
      }
      + settings.notify.receivers.flatMap(\.secrets)
  }

  /// This program's own file, to be run again as the media worker.
  static var program: FilePath {
    // The link is read once, here: after an upgrade it would name a file that is gone.
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      .map { FilePath($0) } ?? "/proc/self/exe"
  }

  /// Where the daemon listens.
  func serverSocket() throws -> ControlSocket {
    try ControlSocket(folder: Self.runtimeFolder ?? settings.stateFolder)
  }

  /// Asks the daemon, or returns nil when none runs for this state folder.
  func ask(
    _ request: ControlRequest, progress: (ProgressReport) -> Void = { _ in }
  ) async throws -> ControlReply? {
    for folder in [Self.runtimeFolder, settings.stateFolder].compactMap({ $0 }) {
      let client = ControlClient(socket: try ControlSocket(folder: folder))
      if let reply = try await client.ask(request, progress: progress) { return reply }
    }
    // A service that systemd started listens here, whatever this shell's environment says.
    if usesDefaultState {
      let client = ControlClient(socket: try ControlSocket(folder: "/run/langflix"))
      return try await client.ask(request, progress: progress)
    }
    return nil
  }

  /// Has the daemon answer, or does the work here when none runs.
  ///
  /// A daemon that is just starting owns the store before it listens, so both are tried for a few seconds.
  /// - Parameter asksProviders: whether the work can't be done here without their keys.
  func perform(
    _ request: ControlRequest, asksProviders: Bool = false,
    progress: (ProgressReport) -> Void = { _ in },
    here: (Workshop) async throws -> ControlReply
  ) async throws -> ControlReply {
    let deadline = ContinuousClock.now + .seconds(5)
    while true {
      if let reply = try await ask(request, progress: progress) { return reply }
      if asksProviders, !keyProblems.isEmpty {
        for problem in keyProblems { Output.error(problem) }
        throw ExitStatus.configuration
      }
      let workshop: Workshop
      do {
        workshop = try await self.workshop()
        tellOfServiceStore()
      } catch let error as StoreInUse where ContinuousClock.now < deadline {
        logger.debug("waiting for the store", metadata: ["reason": "\(error)"])
        try await Task.sleep(for: .milliseconds(200))
        continue
      }
      do {
        let reply = try await here(workshop)
        await workshop.close()
        return reply
      } catch {
        await workshop.close()
        throw error
      }
    }
  }

  /// Has the daemon answer, or does the same here; a failure is told on standard error and ends the program.
  func reply(
    to request: ControlRequest, asksProviders: Bool = false
  ) async throws -> (reply: ControlReply, byDaemon: Bool) {
    do {
      var byDaemon = true
      let reply = try await perform(request, asksProviders: asksProviders) { workshop in
        byDaemon = false
        return await RequestHandler(workshop: workshop).reply(to: request) { _ in }
      }
      guard case .failure(let message) = reply else { return (reply, byDaemon) }
      Output.error(message)
      throw ExitStatus.failed
    } catch let status as ExitCode {
      throw status
    } catch {
      Output.error("\(error)")
      throw ExitStatus.unavailable
    }
  }

  /// Has the daemon look after the store, or does it here under the store's lock, also where it can't be opened.
  func database(
    _ request: DatabaseRequest
  ) async throws -> (report: DatabaseReport, byDaemon: Bool) {
    do {
      let deadline = ContinuousClock.now + .seconds(5)
      while true {
        if let reply = try await ask(.database(request)) {
          if case .database(let report) = reply { return (report, true) }
          if case .failure(let message) = reply { throw ControlError(message: message) }
          throw ControlError(unexpected: reply)
        }
        do {
          let report = try await DatabaseDesk(settings: settings).reply(to: request)
          tellOfServiceStore()
          return (report, false)
        } catch let error as StoreInUse where ContinuousClock.now < deadline {
          logger.debug("waiting for the store", metadata: ["reason": "\(error)"])
          try await Task.sleep(for: .milliseconds(200))
        }
      }
    } catch let error where error is StoreInUse || error is StoreAbsent {
      Output.error("\(error)")
      if error is StoreAbsent { tellOfServiceStore() }
      throw ExitStatus.unavailable
    } catch {
      Output.error("\(error)")
      throw ExitStatus.failed
    }
  }

  /// Who looks into a folder of their own may have meant the service's, while no daemon answers for that.
  private func tellOfServiceStore() {
    guard usesDefaultState, settings.stateFolder != ServiceStore.folder, ServiceStore.isThere
    else { return }
    Output.error(
      """
      note: the service is not running, its store is in \(ServiceStore.folder), and this looks into \
      \(settings.stateFolder); to look into the service's: \(ServiceStore.command) COMMAND --state-folder \
      \(ServiceStore.folder)
      """)
  }

  /// Opens the workshop for a command that does the work itself.
  /// - Parameter limit: how long to wait for a store that is in use: a `status` holds it for a moment.
  func workshop(waitingAtMost limit: Duration = .zero) async throws -> Workshop {
    try StateFolder.make(settings.stateFolder)
    let deadline = ContinuousClock.now + limit
    while true {
      do {
        return try await Workshop(settings: settings, program: Self.program, logger: logger)
      } catch let error as StoreInUse where ContinuousClock.now < deadline {
        logger.debug("waiting for the store", metadata: ["reason": "\(error)"])
        // A command that asks the store itself has it for a moment only: a long pause could miss every gap.
        try await Task.sleep(for: .milliseconds(10))
      }
    }
  }

  static var runtimeFolder: FilePath? {
    ProcessInfo.processInfo.environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first
      .map { FilePath(String($0)) }
  }
}
