import ArgumentParser
import Control
import Logging

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show why an episode has the clips that it has, and why not others.",
    discussion: """
      Every expression that was found in the dialogue is listed with the parts of its score, each from 0 to 1: \
      how useful the extractor holds it to be, how it fits your level, how seldom its rarest word is said, how far it \
      lies from what was chosen before it, and whether it is new to you. Of a file that is not known it says why.
      """)

  @Argument(help: "The number that status shows in brackets, or the episode's file.")
  var episode: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let (reply, _) = try await runtime.reply(to: .explain(EpisodeChoice(argument: episode)))
    guard case .explained(let report) = reply else { throw ControlError(unexpected: reply) }
    if json { return try Output.json(report) }
    for line in ExplainText.lines(report) { Output.line(line) }
  }
}
