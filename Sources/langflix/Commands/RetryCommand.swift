import ArgumentParser
import Control
import Logging

struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Give failed and waiting episodes another try, take backlog, or ask done ones anew.",
    discussion: """
      Answers that are kept are used again: a retry asks nothing twice. With --recut, clips of done episodes are cut \
      anew and nothing is asked. With --reask, episodes that are done are asked again under the present provider, model, \
      prompt, languages and level; what that costs is told first.
      """)

  @Argument(help: "Only these: the numbers that status shows in brackets, or the episodes' files.")
  var episodes: [String] = []

  @Option(help: "The same as naming one number.")
  var episode: Int64?

  @Option(help: "Take this many of the newest episodes that were left alone, or 'all'.")
  var backlog: String?

  @Flag(help: "Only what failed, not what waits.")
  var failed = false

  @Flag(help: "Cut the clips of done episodes anew; nothing is asked.")
  var recut = false

  @Flag(help: "Ask done episodes anew under the present settings, and make their clips again.")
  var reask = false

  @Flag(help: "With --reask: do not ask for a confirmation.")
  var yes = false

  @OptionGroup var common: CommonOptions

  private var choices: [EpisodeChoice] {
    episodes.map(EpisodeChoice.init(argument:))
      + [episode.map(EpisodeChoice.number)].compactMap(\.self)
  }

  private var request: ControlRequest? {
    if let backlog {
      guard backlog != "all" else { return .retry(.backlog(newest: .max)) }
      return Int(backlog).flatMap { $0 > 0 ? .retry(.backlog(newest: $0)) : nil }
    }
    if recut { return .again(AgainRequest(.recut, episodes: choices)) }
    if failed { return .again(AgainRequest(.retryFailed, episodes: choices)) }
    if case .number(let id)? = choices.first, choices.count == 1 { return .retry(.episode(id)) }
    return choices.isEmpty ? .retry(.all) : .again(AgainRequest(.retry, episodes: choices))
  }

  func validate() throws {
    guard request != nil else {
      throw ValidationError("--backlog takes a number from 1, or 'all'")
    }
    guard choices.isEmpty || backlog == nil else {
      throw ValidationError("--backlog is for episodes that were left alone: name none with it")
    }
    guard [failed, recut, reask, backlog != nil].count(where: { $0 }) < 2 else {
      throw ValidationError("only one of --failed, --recut, --reask and --backlog can be given")
    }
    guard reask || !yes else { throw ValidationError("--yes belongs to --reask") }
  }

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    if reask { return try await askAnew(runtime) }
    let (reply, byDaemon) = try await runtime.reply(to: request ?? .retry(.all))
    guard case .retried(let count) = reply else { throw ControlError(unexpected: reply) }
    guard count > 0 else {
      let hint =
        choices.isEmpty
        ? "" : "; an episode that was left alone is taken by its file: langflix process FILE"
      return Output.line("nothing to try again\(hint)")
    }
    Output.line("\(StatusText.count(count, "episode")) queued again")
    if !byDaemon { Self.tellThatNobodyRuns() }
  }

  private func askAnew(_ runtime: Runtime) async throws {
    let plan = try await send(isConfirmed: false, runtime).report
    guard plan.episodes > 0 else { return Output.line("no episode is done yet") }
    Output.line(StatusText.reask(plan))
    guard yes || Output.confirms("ask anew?") else {
      Output.error("nothing was changed; to go ahead without this question: --yes")
      throw ExitStatus.failed
    }
    let (report, byDaemon) = try await send(isConfirmed: true, runtime)
    Output.line("\(StatusText.count(report.episodes, "episode")) queued again")
    if !byDaemon { Self.tellThatNobodyRuns() }
  }

  private func send(
    isConfirmed: Bool, _ runtime: Runtime
  ) async throws -> (report: ReaskReport, byDaemon: Bool) {
    let (reply, byDaemon) = try await runtime.reply(
      to: .reask(episodes: choices, isConfirmed: isConfirmed))
    guard case .reaskPlan(let report) = reply else { throw ControlError(unexpected: reply) }
    return (report, byDaemon)
  }

  private static func tellThatNobodyRuns() {
    Output.error("no daemon is running: it takes them when it starts; now: langflix process FILE")
  }
}
