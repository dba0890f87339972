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
    let runtime = Runtime(try await common.load(), level: .error)
    let selection = selection ?? .all
    var hasDaemon = true
    do {
      let reply = try await runtime.perform(.retry(selection)) { workshop in
        hasDaemon = false
        do {
          return .retried(try await OneShot(workshop: workshop).retry(selection))
        } catch let error as ControlError {
          return .failure(error.message)
        }
      }
      switch reply {
      case .retried(0): Output.line("nothing to try again")
      case .retried(let count):
        Output.line("\(StatusText.count(count, "episode")) queued again")
        if !hasDaemon {
          Output.error(
            "no daemon is running: it takes them when it starts; now: langflix process FILE")
        }
      case .failure(let message):
        Output.error(message)
        throw ExitStatus.failed
      case .progress, .status, .processed: throw ControlError(unexpected: reply)
      }
    } catch let status as ExitCode {
      throw status
    } catch {
      Output.error("\(error)")
      throw ExitStatus.unavailable
    }
  }
}
