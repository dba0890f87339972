import ArgumentParser
import Control
import Logging
import Pipeline

struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Try whom langflix tells of new clips and of what is wrong.",
    subcommands: [NotifyTestCommand.self])
}

struct NotifyTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Send each receiver a test message, ask each media server, and say who was reached.")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let results = try await results(runtime)
    if json {
      try Output.json(results)
    } else if results.isEmpty {
      Output.line(
        "nobody is told: set LANGFLIX_NOTIFY_URL, notify.url_file, jellyfin.url or plex.url (docs/notifications.md)"
      )
    } else {
      for line in results.flatMap(Self.lines) { Output.line(line) }
    }
    if results.contains(where: { !$0.succeeded }) { throw ExitStatus.failed }
  }

  /// By the daemon, which may be allowed to read what this user is not; else here.
  private func results(_ runtime: Runtime) async throws -> [ReceiverCheckResult] {
    do {
      switch try await runtime.ask(.testReceivers) {
      case .testedReceivers(let results): return results
      case .failure(let message):
        Output.error(message)
        throw ExitStatus.failed
      case let reply?: throw ControlError(unexpected: reply)
      case nil: break
      }
    } catch let error as ControlError {
      Output.error("\(error)")
      throw ExitStatus.unavailable
    }
    guard runtime.keyProblems.isEmpty else {
      for problem in runtime.keyProblems { Output.error(problem) }
      throw ExitStatus.configuration
    }
    return await ReceiverCheck(settings: runtime.settings).run()
  }

  private static func lines(_ result: ReceiverCheckResult) -> [String] {
    ["\(result.succeeded ? "ok " : "BAD") \(result.name) (\(Output.plain(result.server)))"]
      + ([result.text] + result.notes).map { "    \(Output.plain($0))" }
  }
}
