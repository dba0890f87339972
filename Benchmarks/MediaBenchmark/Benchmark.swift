import ArgumentParser

/// What `Scripts/bench.sh` runs and compares; each command prints one JSON object.
@main
struct Benchmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "MediaBenchmark", abstract: "Time, bytes and memory of cutting clips.",
    subcommands: [CutCommand.self, OtherCommand.self])
}
