import ArgumentParser
import Control
import Logging

struct PauseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Stop all work, or the backlog alone, until it is resumed.",
    discussion: """
      It is kept over restarts. Steps in hand end, new episodes are still found and queued, and answers that are on \
      their way are waited for and kept: they are paid for.
      """)

  @Flag(help: "Only the backlog; new episodes and what is asked for go on.")
  var backlog = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let (reply, _) = try await runtime.reply(to: .pause(backlogOnly: backlog))
    guard case .paused(let report) = reply else { throw ControlError(unexpected: reply) }
    for line in StatusText.pause(report) { Output.line(line) }
  }
}

struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let paused work go on.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let (reply, _) = try await runtime.reply(to: .resume)
    guard case .paused(let report) = reply else { throw ControlError(unexpected: reply) }
    Output.line("nothing is paused")
    for line in StatusText.pause(report) { Output.line(line) }
  }
}
