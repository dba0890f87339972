import ArgumentParser
import Control
import Logging
import Pipeline
import SystemPackage

struct EstimateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Tell what episodes would take, before they are taken.",
    discussion: """
      Requests, tokens, money, days of the provider's quota and bytes of clips, for the backlog that was left alone, or \
      for what lies in folders. Files are opened and the subtitles beside them are read; nobody is asked, and nothing is \
      changed. To take the backlog: langflix retry --backlog N.
      """)

  @Argument(
    help: "Folders or files; none for the backlog that was left alone.", completion: .directory)
  var paths: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !paths.contains("") else { throw ValidationError("a folder's name is empty") }
  }

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let (reply, _) = try await runtime.reply(
      to: .estimate(
        EstimateRequest(paths: paths.map { WirePath.text(FilePath(argument: $0)) })))
    guard case .estimated(let report) = reply else { throw ControlError(unexpected: reply) }
    if json { return try Output.json(report) }
    for line in EstimateText.lines(report, isBacklog: paths.isEmpty) { Output.line(line) }
  }
}
