import ArgumentParser
import Control
import Logging
import Pipeline

struct RetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Give failed and waiting episodes another try, or take episodes of the backlog.",
    discussion: "Answers that are kept are used again: a retry asks nothing twice.")

  @Option(help: "Only this episode; the number that status shows in brackets.")
  var episode: Int64?

  @Option(help: "Take this many of the newest episodes that were left alone, or 'all'.")
  var backlog: String?

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
  }

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .warning)
    do {
      let count = try await retry(selection ?? .all, runtime)
      Output.line(count == 0 ? "nothing to try again" : "\(count) episodes are queued again")
    } catch {
      Output.error("\(error)")
      throw ExitStatus.unavailable
    }
  }

  private func retry(_ selection: RetrySelection, _ runtime: Runtime) async throws -> Int {
    switch try await runtime.ask(.retry(selection)) {
    case .retried(let count): return count
    case .failure(let message): throw ControlError(message: message)
    case .some(let reply):
      throw ControlError(message: "the daemon answered something else: \(reply)")
    case nil: break
    }
    let workshop = try await runtime.workshop()
    do {
      let count = try await OneShot(workshop: workshop).retry(selection)
      await workshop.close()
      if count > 0 { Output.error("no daemon is running: they are taken when it starts") }
      return count
    } catch {
      await workshop.close()
      throw error
    }
  }
}
