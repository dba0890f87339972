import ArgumentParser

/// What `Benchmarks/llm.py` runs and compares; each command prints one JSON object.
@main
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "LLMBenchmark", abstract: "Parts of the LLM benchmarks.",
    subcommands: [ServeCommand.self, PoolCommand.self, NullCommand.self])
}
