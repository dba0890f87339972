import ArgumentParser
import Control
import Glibc
import Logging
import Settings

/// For Docker's HEALTHCHECK and the like: says in one line how the daemon is, and always ends in time.
struct HealthcheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "healthcheck",
    abstract: "Ask the daemon how it is; for a container's health check.",
    discussion: """
      Exit codes: 0 healthy, starting or degraded, the line says why; 1 stalled, unreachable, or not running.
      """)

  @OptionGroup var common: CommonOptions

  /// Below the usual time-out of a container's health check, 10 s.
  private static let limit = Duration.seconds(5)

  func run() async throws {
    // Not awaited: what is stuck may not hear of a cancellation, and this ends the program whatever hangs.
    let alarm = Task {
      try await Task.sleep(for: Self.limit)
      Output.line(
        "unreachable: the daemon does not answer within \(Self.limit.components.seconds) s")
      Glibc.exit(ExitStatus.failed.rawValue)
    }
    defer { alarm.cancel() }
    do {
      let runtime = Runtime(try await common.load(), level: .error)
      guard let reply = try await runtime.ask(.health) else {
        Output.line("unreachable: no daemon runs for \(runtime.settings.stateFolder)")
        throw ExitStatus.failed
      }
      guard case .health(let report) = reply else { throw ControlError(unexpected: reply) }
      let reasons = report.reasons.map(Output.plain).joined(separator: "; ")
      Output.line(report.verdict.rawValue + (reasons.isEmpty ? "" : ": \(reasons)"))
      if report.verdict == .stalled { throw ExitStatus.failed }
    } catch is ExitCode {
      // Docker knows no other code than 1; what was wrong is said already.
      throw ExitStatus.failed
    } catch {
      Output.line("unreachable: \(error)")
      throw ExitStatus.failed
    }
  }
}
