import ArgumentParser
import Control
import Logging
import Pipeline

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show what is queued, running, done and failed.")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .warning)
    let (reply, _) = try await runtime.reply(to: .status)
    guard case .status(let report) = reply else { throw ControlError(unexpected: reply) }
    if json {
      try Output.json(report)
    } else {
      for line in StatusText.lines(report) { Output.line(line) }
    }
  }
}
