import Foundation
import SystemPackage

/// What ffprobe says of a file.
struct ProbedClip: Decodable {
  struct Stream: Decodable {
    var index: Int
    var codecName: String?
    var codecType: String?
    var codecTagString: String?
    var startTime: String?
    var duration: String?
    var nbReadFrames: String?
    var tags: [String: String]?
    var disposition: [String: Int]?
  }
  struct Packet: Decodable {
    var streamIndex: Int
    var ptsTime: String?
    var dtsTime: String?
    var durationTime: String?
    var flags: String
    var size: String
  }
  struct Chapter: Decodable {
    var startTime: String
    var endTime: String
    var tags: [String: String]?
  }
  struct Format: Decodable {
    var formatName: String
    var duration: String?
    var startTime: String?
    var tags: [String: String]?
  }

  var streams: [Stream]
  var packets: [Packet]
  var chapters: [Chapter]
  var format: Format

  /// - Parameter decodes: also counts the pictures that come out, which fails for pictures that are damaged.
  init(_ path: FilePath, decodes: Bool = true) throws {
    let text = try TestMedia.output(
      of: "ffprobe",
      [
        "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters",
        "-show_packets",
      ] + (decodes ? ["-count_frames"] : []) + [path.string])
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: Data(text.utf8))
  }

  func streams(_ type: String) -> [Stream] { streams.filter { $0.codecType == type } }

  func packets(of stream: Stream) -> [Packet] { packets.filter { $0.streamIndex == stream.index } }
}

extension ProbedClip.Packet {
  var pts: Double { ptsTime.flatMap(Double.init) ?? .nan }
  var dts: Double { dtsTime.flatMap(Double.init) ?? .nan }
}
