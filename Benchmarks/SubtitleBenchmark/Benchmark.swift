import Foundation

/// What `Benchmarks/subtitles.py` and `Tests/Zoo/zoo.py` run; each command prints JSON objects, one a line.
@main
struct Benchmark {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case "read" where !rest.isEmpty: try ReadCommand.run(files: rest)
    case "time" where rest.count > 1 && Int(rest[0]) != nil:
      try TimeCommand.run(rounds: Int(rest[0]) ?? 1, files: Array(rest[1...]))
    case "shapes" where rest.count == 1 && Int(rest[0]) != nil:
      try ShapesCommand.run(mebibytes: Int(rest[0]) ?? 1)
    default:
      print(
        """
        usage: SubtitleBenchmark read FILE…          what is in them
               SubtitleBenchmark time ROUNDS FILE…   how fast they are read; the best round counts
               SubtitleBenchmark shapes MEBIBYTES    the time that the worst shapes of this size take
        """)
      exit(64)
    }
  }

  static func printLine(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Time of this process on a processor, in seconds, so that what else the machine does counts less.
  static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
