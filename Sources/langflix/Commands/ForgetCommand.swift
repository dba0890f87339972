import ArgumentParser
import Control
import Logging

struct ForgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Forget all that is known of episodes.",
    discussion: """
      Files stay where they are, clips too, and answers stay kept. An episode whose file is still there is left alone \
      from now on: langflix process takes it again, and asks only what has no answer yet.
      """)

  @Argument(help: "The numbers that status shows in brackets, or the episodes' files.")
  var episodes: [String]

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let (reply, _) = try await runtime.reply(
      to: .forget(episodes.map(EpisodeChoice.init(argument:))))
    guard case .forgotten(let reports) = reply else { throw ControlError(unexpected: reply) }
    for report in reports {
      let standing = report.isThere ? "left alone until it is asked for" : "its file was gone"
      let clips = report.folder.map { "; its clips stay in \(Output.plain($0))" } ?? ""
      Output.line("\(Output.plain(report.name)): forgotten, \(standing)\(clips)")
    }
  }
}
