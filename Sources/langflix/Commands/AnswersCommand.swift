import ArgumentParser
import Control
import Foundation
import Logging

struct AnswersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answers", abstract: "List and prune the answers that are kept.",
    subcommands: [
      AnswersListCommand.self, AnswersShowCommand.self, AnswersPruneCommand.self,
    ], defaultSubcommand: AnswersListCommand.self)

  static func ask(_ request: AnswersRequest, _ runtime: Runtime) async throws -> AnswersReport {
    let (reply, _) = try await runtime.reply(to: .answers(request))
    guard case .answers(let report) = reply else { throw ControlError(unexpected: reply) }
    return report
  }
}

struct AnswersListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show what is kept, by who answered.")

  @Option(help: "Also list this many of the newest answers, each with its key.")
  var latest: Int = 0

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard latest >= 0 else { throw ValidationError("--latest takes a number from 0") }
  }

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    var report = try await AnswersCommand.ask(.summary, runtime)
    if latest > 0 {
      report.entries = try await AnswersCommand.ask(.list(limit: latest), runtime).entries
    }
    if json { return try Output.json(report) }
    if report.kinds.isEmpty { return Output.line("no answer is kept yet") }
    for kind in report.kinds { Output.line(Self.line(kind)) }
    for entry in report.entries { Output.line(Self.line(entry)) }
  }

  private static func line(_ kind: AnswersReport.Kind) -> String {
    let model = kind.model.map { " (\(Output.plain($0)))" } ?? ""
    return """
      \(Output.plain(kind.extractor))\(model): \(StatusText.count(kind.count, "answer")), \(kind.unused) of no \
      episode, \(kind.inputTokens) tokens in, \(kind.outputTokens) out, \
      \(StatusText.number(kind.costUsd, 4)) USD, \(kind.bytes / 1_000) kB, \
      \(StatusText.day(kind.oldestAt)) to \(StatusText.day(kind.newestAt))
      """
  }

  private static func line(_ entry: AnswersReport.Entry) -> String {
    """
      \(entry.key.prefix(12)) \(StatusText.day(entry.createdAt)) \(Output.plain(entry.extractor)): \
    \(StatusText.count(entry.candidates, "candidate")), \(StatusText.number(entry.costUsd, 6)) USD, \
    \(StatusText.number(entry.latencyS, 1)) s
    """
  }
}

struct AnswersShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print one answer as the model wrote it.")

  @Argument(help: "The beginning of its key; 'answers list --latest 20' shows keys.")
  var key: String

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let report = try await AnswersCommand.ask(.show(key: key), runtime)
    for entry in report.entries { try Output.json(entry) }
  }
}

struct AnswersPruneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune", abstract: "Delete answers that no episode refers to.",
    discussion: "Clips stay. What was deleted is asked, and paid for, again when it is needed.")

  @Option(help: "Only answers older than this many days.")
  var olderThanDays: Int?

  @Option(help: "Only answers of extractors whose name begins with this.")
  var extractor: String?

  @Flag(help: "Also answers that episodes refer to.")
  var used = false

  @Flag(help: "Only count them.")
  var dryRun = false

  @Flag(help: "Do not ask for a confirmation.")
  var yes = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard olderThanDays.map({ $0 >= 0 }) ?? true else {
      throw ValidationError("--older-than-days takes a number from 0")
    }
  }

  func run() async throws {
    let before = olderThanDays.map { Date.now.timeIntervalSince1970 - Double($0) * 86_400 }
    func request(_ isConfirmed: Bool) -> AnswersRequest {
      .prune(
        olderThan: before, extractor: extractor, includesUsed: used, isConfirmed: isConfirmed)
    }
    let runtime = Runtime(try await common.load(), level: .error)
    let report = try await AnswersCommand.ask(request(false), runtime)
    let count = StatusText.count(report.pruned ?? 0, "answer")
    Output.line("\(count), \((report.prunedBytes ?? 0) / 1_000) kB")
    guard !dryRun, report.pruned ?? 0 > 0 else { return }
    guard yes || Output.confirms("delete them?") else {
      Output.error("nothing was deleted; to go ahead without this question: --yes")
      throw ExitStatus.failed
    }
    let pruned = try await AnswersCommand.ask(request(true), runtime).pruned ?? 0
    Output.line("\(StatusText.count(pruned, "answer")) deleted")
  }
}
