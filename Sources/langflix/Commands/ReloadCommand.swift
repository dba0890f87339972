import ArgumentParser
import Control
import Foundation
import Settings
import SystemPackage

struct ReloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload", abstract: "Have the daemon read its configuration anew.",
    discussion: """
      Waits until the new configuration is in force, and says what has changed and what only a restart changes. A \
      wrong one is refused with its faults (exit code 78), and the one before stays in force. Episodes in work end \
      the step that they are at as it began.
      """)

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let reply: ControlReply?
    do {
      reply = try await ask()
    } catch {
      Output.error("\(error)")
      throw ExitStatus.unavailable
    }
    switch reply {
    case .reloaded(let report):
      if json { return try Output.json(report) }
      Output.line(
        report.changed.isEmpty
          ? "nothing has changed" : "in force now: \(Self.list(report.changed))")
      if !report.needRestart.isEmpty {
        Output.line("only after a restart: \(Self.list(report.needRestart))")
      }
    case .failure(let text):
      Output.error(text)
      throw ExitStatus.configuration
    case nil:
      // A configuration that is wrong may also say where the daemon is.
      _ = try await common.load()
      Output.error("no daemon is running here; systemctl start langflix starts the service")
      throw ExitStatus.unavailable
    case let other?: throw ControlError(unexpected: other)
    }
  }

  /// The daemon is found also by a configuration that is wrong: it is the daemon that judges it.
  private func ask() async throws -> ControlReply? {
    let loaded = try? await common.read(requiresKeys: false)
    let places = ConfigurationPlaces(environment: ProcessInfo.processInfo.environment)
    let named = common.stateFolder ?? ProcessInfo.processInfo.environment["LANGFLIX_STATE_FOLDER"]
    let folders: [FilePath?] = [
      Runtime.runtimeFolder, loaded?.settings.stateFolder, named.flatMap { places.absolute($0) },
      places.defaultStateFolder, "/run/langflix",
    ]
    for folder in folders.compactMap({ $0 }) {
      let client = ControlClient(socket: try ControlSocket(folder: folder))
      if let reply = try await client.ask(.reload) { return reply }
    }
    return nil
  }

  private static func list(_ keys: [String]) -> String {
    keys.map(Output.plain).joined(separator: ", ")
  }
}
