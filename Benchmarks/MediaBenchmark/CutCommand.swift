import ArgumentParser
import Foundation
import Logging
import Media
import Settings
import Subtitles
import SystemPackage

/// Cuts the clips of a list in one run of the media worker.
struct CutCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cut", abstract: "Clips of a list, by one run of langflix's media worker.")

  @Argument(help: "The video.") var source: String
  @Argument(help: "The langflix program.") var program: String
  @Argument(help: "A file with the start and the length of a context, in seconds, on each line.")
  var list: String
  @Argument(help: "An empty folder for the clips.") var output: String

  func run() async throws {
    let clips = try orders()
    // No pad: the list holds the whole clips.
    let order = CutOrder(
      source: FilePath(source), leadInMaximum: .seconds(8), pad: .zero, clips: clips)
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    let client = MediaWorkerClient(
      program: FilePath(program), limits: WorkerLimits(wallClock: .seconds(300), memory: 4 << 30),
      logger: logger)
    let start = try Measurement.Start()
    let made = try await client.cut(order) { _ in }
    let measurement = try Measurement(since: start, clips: FilePath(output))
    for clip in made where clip.failure != nil || clip.method != .copy || clip.soundReason != nil {
      let reason = clip.failure ?? clip.reason ?? clip.soundReason ?? ""
      throw ValidationError("clip \(clip.id) was not copied: \(reason)")
    }
    try measurement.print()
  }

  private func orders() throws -> [ClipOrder] {
    let lines = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
    return try lines.enumerated().map { position, line in
      let numbers = line.split(separator: " ").compactMap { Double($0) }
      guard numbers.count == 2 else {
        throw ValidationError("'\(line)' in \(list) is no start and length")
      }
      let end = numbers[0] + numbers[1]
      return ClipOrder(
        id: "\(position)", folder: FilePath(output), stem: "\(position)",
        start: .seconds(numbers[0]), end: .seconds(end), title: "Clip \(position)",
        chapters: [ChapterOrder(at: .seconds(numbers[0]), title: "idiom")],
        subtitles: [Self.lines(from: numbers[0], to: end)])
    }
  }

  /// A line of dialogue every 3 s.
  private static func lines(from start: Double, to end: Double) -> ClipSubtitles {
    let cues = stride(from: start, to: end, by: 3).enumerated().map { number, time in
      Cue(
        number: number + 1, start: .seconds(time), end: .seconds(min(time + 2.5, end)),
        text: "Line \(number + 1)")
    }
    return ClipSubtitles(language: "en", title: "English", isDefault: true, cues: cues)
  }
}
