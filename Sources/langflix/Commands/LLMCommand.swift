import ArgumentParser
import Control
import Logging

struct LLMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "llm", abstract: "Try the configured providers.",
    subcommands: [LLMCheckCommand.self])
}

struct LLMCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Send each configured provider one real small request, and say what works.")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let runtime = Runtime(try await common.load(), level: .error)
    let (reply, _) = try await runtime.reply(to: .checkProviders, asksProviders: true)
    guard case .checked(let results) = reply else { throw ControlError(unexpected: reply) }
    if json {
      try Output.json(results)
    } else if results.isEmpty {
      Output.line(
        "no provider is configured: the lexicon works offline (langflix doctor checks it)")
    } else {
      for line in results.flatMap(Self.lines) { Output.line(line) }
    }
    if results.contains(where: { !$0.succeeded }) { throw ExitStatus.failed }
  }

  private static func lines(_ result: ProviderCheckResult) -> [String] {
    var lines = ["\(result.succeeded ? "ok " : "BAD") \(result.name) (\(result.identity))"]
    if let failure = result.failure {
      lines.append("    \(Output.plain(failure))")
      if failure.contains("refuses the key") {
        lines.append(
          "    → langflix config says where the key was found, or that none was; docs/providers.md lists the places"
        )
      }
    }
    if let mode = result.schemaMode { lines.append("    answers by: \(Output.plain(mode))") }
    if let model = result.model { lines.append("    model: \(Output.plain(model))") }
    if let latency = result.latencyS {
      lines.append("    latency: \(StatusText.number(latency, 2)) s")
    }
    if let input = result.inputTokens, let output = result.outputTokens {
      let cost = StatusText.number(result.costUsd ?? 0, 6)
      lines.append("    tokens: \(input) in, \(output) out; \(cost) USD by the configured price")
    }
    lines += result.learned.map { "    learned: \(Output.plain($0))" }
    return lines
  }
}
