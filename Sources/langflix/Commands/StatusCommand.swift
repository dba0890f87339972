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
    let report: StatusReport
    do {
      report = try await self.report(runtime)
    } catch {
      Output.error("\(error)")
      throw ExitStatus.unavailable
    }
    if json {
      try Output.json(report)
    } else {
      for line in StatusText.lines(report) { Output.line(line) }
    }
  }

  private func report(_ runtime: Runtime) async throws -> StatusReport {
    let reply = try await runtime.perform(.status) { workshop in
      .status(try await StatusReporter(workshop: workshop).report())
    }
    guard case .status(let report) = reply else { throw ControlError(unexpected: reply) }
    return report
  }
}
