import ArgumentParser
import Control
import Logging
import Pipeline

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check everything langflix needs, and say how to mend it.")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    var findings: [Doctor.Finding] = []
    var isRunning = false
    do {
      let reply = try await runtime.ask(.status)
      isRunning = reply != nil
      if case .status(let report)? = reply { findings += Doctor.findings(of: report) }
    } catch {
      findings.append(Doctor.Finding(unreachableDaemon: "\(error)"))
    }
    findings += await Doctor(settings: runtime.settings, daemonIsRunning: isRunning).examine()
    if json {
      try Output.json(findings)
    } else {
      for finding in findings {
        Output.line(
          "\(Self.mark(finding.verdict)) \(finding.subject): \(Output.plain(finding.detail))")
        if let mend = finding.mend { Output.line("       → \(mend)") }
      }
    }
    if findings.contains(where: { $0.verdict == .bad }) { throw ExitStatus.failed }
  }

  private static func mark(_ verdict: Doctor.Finding.Verdict) -> String {
    switch verdict {
    case .good: "ok    "
    case .warning: "warn  "
    case .bad: "BAD   "
    }
  }
}
