import Foundation
import Subtitles

/// Tells what is in subtitle files.
enum ReadCommand {
  private struct Reading: Encodable {
    var file: String
    var format: String?
    var charset: String?
    var tracks: [[Line]] = []
    /// By reason.
    var leftOut: [String: Int] = [:]
    var error: String?
    var code: String?
  }

  private struct Line: Encodable {
    /// In milliseconds.
    var start: Int64
    var end: Int64
    var text: String
    var speaker: String?
  }

  static func run(files: [String]) throws {
    for file in files {
      let url = URL(fileURLWithPath: file)
      var reading = Reading(file: url.lastPathComponent)
      do {
        let parsed = try SubtitleParser.parse(
          Array(Data(contentsOf: url)), .init(fileExtension: url.pathExtension))
        reading.format = parsed.format.rawValue
        reading.charset = parsed.charset.name
        reading.tracks = parsed.tracks.map { track in
          track.cues.map {
            Line(
              start: $0.start.milliseconds, end: $0.end.milliseconds, text: $0.text,
              speaker: $0.speaker)
          }
        }
        for (reason, count) in parsed.leftOut.counts { reading.leftOut[reason.rawValue] = count }
      } catch let error as SubtitleError {
        reading.error = error.message
        reading.code = error.code.rawValue
      }
      try Benchmark.printLine(reading)
    }
  }
}
