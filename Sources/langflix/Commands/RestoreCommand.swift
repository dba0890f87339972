import ArgumentParser
import Control
import Logging
import Pipeline
import SystemPackage

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make clips again that you deleted.",
    discussion: """
      A clip that is deleted stays deleted, until it is asked for here. It is cut again from the episode; nothing is \
      asked of a provider. The same holds for all clips whose folder was deleted as a whole.
      """)

  @Argument(help: "The number that status shows in brackets, or the episode's file.")
  var episode: String

  @Argument(
    help: "Clips, by the numbers that explain shows or by the names of their files; none for all.")
  var clips: [String] = []

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let choice =
      Int64(episode).map(EpisodeChoice.number) ?? .file(WirePath.text(FilePath(argument: episode)))
    let (reply, byDaemon) = try await runtime.reply(
      to: .restore(RestoreRequest(episode: choice, clips: clips)))
    guard case .restored(let count) = reply else { throw ControlError(unexpected: reply) }
    Output.line("\(StatusText.count(count, "clip")) to be cut again")
    if !byDaemon {
      Output.error("no daemon is running: it cuts them when it starts; now: langflix process FILE")
    }
  }
}
