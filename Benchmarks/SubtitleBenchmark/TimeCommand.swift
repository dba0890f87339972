import Foundation
import Subtitles

/// Times reading, from the bytes in memory to the cues.
enum TimeCommand {
  private struct Timing: Encodable {
    var file: String
    var cues: Int
    var megabytesPerSecond: Double
  }

  static func run(rounds: Int, files: [String]) throws {
    for file in files {
      let url = URL(fileURLWithPath: file)
      let bytes = Array(try Data(contentsOf: url))
      let options = SubtitleOptions(fileExtension: url.pathExtension, byteLimit: .max)
      var best = Double.infinity
      var cues = 0
      for _ in 0..<max(1, rounds) {
        let start = Benchmark.processorSeconds()
        cues = try SubtitleParser.parse(bytes, options).cues.count
        best = min(best, Benchmark.processorSeconds() - start)
      }
      try Benchmark.printLine(
        Timing(
          file: url.lastPathComponent, cues: cues,
          megabytesPerSecond: Double(bytes.count) / best / 1e6))
    }
  }
}
