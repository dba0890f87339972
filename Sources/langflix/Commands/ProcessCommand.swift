import ArgumentParser
import Control
import Foundation
import Logging
import Pipeline
import SystemPackage
import UnixSignals

struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process", abstract: "Make clips of these episodes now.",
    discussion: """
      A running daemon is asked to do it first; without one, this command does the work itself. An episode that is \
      done already is not done again, unless its clip folder was deleted.
      """)

  @Argument(help: "Episodes (video files).", completion: .file())
  var files: [String]

  @Flag(help: "Print the result as JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !files.contains("") else { throw ValidationError("a file name is empty") }
  }

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let paths = files.map { FilePath(argument: $0) }
    let display = ProgressDisplay()
    let reports: [EpisodeReport]
    do {
      reports = try await process(paths, runtime, display)
    } catch is CancellationError {
      display.finish()
      Output.error(
        "interrupted; what is unfinished goes on with the daemon, or with the same command")
      throw ExitStatus.interrupted
    } catch let status as ExitCode {
      display.finish()
      throw status
    } catch {
      display.finish()
      Output.error("\(error)")
      throw ExitStatus.unavailable
    }
    display.finish()
    try show(reports)
  }

  private func process(
    _ paths: [FilePath], _ runtime: Runtime, _ display: ProgressDisplay
  ) async throws -> [EpisodeReport] {
    let request = ControlRequest.process(files: paths.map(WirePath.text))
    let reply = try await runtime.perform(
      request, asksProviders: true, progress: display.show
    ) { workshop in
      .processed(
        try await untilSignal {
          try await OneShot(workshop: workshop).process(paths) { display.show($0) }
        })
    }
    guard case .processed(let reports) = reply else { throw ControlError(unexpected: reply) }
    return reports
  }

  /// Runs `body`, and cancels it at SIGINT or SIGTERM.
  private func untilSignal(
    _ body: @escaping @Sendable () async throws -> [EpisodeReport]
  ) async throws -> [EpisodeReport] {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: [EpisodeReport]?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        for await _ in signals { return nil }
        return nil
      }
      let first = try await group.next()
      group.cancelAll()
      guard let reports = first ?? nil else { throw CancellationError() }
      return reports
    }
  }

  private func show(_ reports: [EpisodeReport]) throws {
    if json {
      try Output.json(reports)
    } else {
      for report in reports { Output.line(StatusText.result(of: report)) }
    }
    if reports.contains(where: { $0.state == "failed" || $0.state == "gone" }) {
      throw ExitStatus.failed
    }
    if reports.contains(where: { $0.state != "done" }) { throw ExitStatus.waiting }
  }
}
