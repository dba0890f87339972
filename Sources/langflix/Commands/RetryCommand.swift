import ArgumentParser
import Control
import Logging

struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Give failed and waiting episodes another try, take backlog, or ask done ones anew.",
    discussion: """
      Answers that are kept are used again: a retry asks nothing twice. With --reask, episodes that are done are \
      asked again under the present provider, model, prompt, languages and level; what that costs is told first.
      """)

  @Option(help: "Only this episode; the number that status shows in brackets.")
  var episode: Int64?

  @Option(help: "Take this many of the newest episodes that were left alone, or 'all'.")
  var backlog: String?

  @Flag(help: "Ask done episodes anew under the present settings, and make their clips again.")
  var reask = false

  @Flag(help: "With --reask: do not ask for a confirmation.")
  var yes = false

  @OptionGroup var common: CommonOptions

  private var selection: RetrySelection? {
    if let backlog {
      return backlog == "all"
        ? .backlog(newest: .max) : Int(backlog).flatMap { $0 > 0 ? .backlog(newest: $0) : nil }
    }
    return episode.map(RetrySelection.episode) ?? .all
  }

  func validate() throws {
    guard selection != nil else {
      throw ValidationError("--backlog takes a number from 1, or 'all'")
    }
    guard episode == nil || backlog == nil else {
      throw ValidationError("--episode and --backlog can't be given together")
    }
    guard !reask || backlog == nil else {
      throw ValidationError("--reask is for episodes that are done, --backlog for those left alone")
    }
    guard reask || !yes else { throw ValidationError("--yes belongs to --reask") }
  }

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    if reask { return try await askAnew(runtime) }
    let (reply, byDaemon) = try await runtime.reply(to: .retry(selection ?? .all))
    guard case .retried(let count) = reply else { throw ControlError(unexpected: reply) }
    guard count > 0 else { return Output.line("nothing to try again") }
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
      to: .reask(episode: episode, isConfirmed: isConfirmed))
    guard case .reaskPlan(let report) = reply else { throw ControlError(unexpected: reply) }
    return (report, byDaemon)
  }

  private static func tellThatNobodyRuns() {
    Output.error("no daemon is running: it takes them when it starts; now: langflix process FILE")
  }
}
