import Foundation
import SystemPackage

/// What ffprobe says of a file.
struct ProbedClip: Decodable {
  struct Stream: Decodable {
    var index: Int
    var codec_name: String?
    var codec_type: String?
    var codec_tag_string: String?
    var start_time: String?
    var duration: String?
    var nb_read_frames: String?
    var tags: [String: String]?
    var disposition: [String: Int]?
  }
  struct Packet: Decodable {
    var stream_index: Int
    var pts_time: String?
    var dts_time: String?
    var duration_time: String?
    var flags: String
    var size: String
  }
  struct Chapter: Decodable {
    var start_time: String
    var end_time: String
    var tags: [String: String]?
  }
  struct Format: Decodable {
    var format_name: String
    var duration: String?
    var start_time: String?
    var tags: [String: String]?
  }

  var streams: [Stream]
  var packets: [Packet]
  var chapters: [Chapter]
  var format: Format

  init(_ path: FilePath) throws {
    let text = try TestMedia.output(
      of: "ffprobe",
      [
        "-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters",
        "-show_packets", "-count_frames", path.string,
      ])
    self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
  }

  func streams(_ type: String) -> [Stream] { streams.filter { $0.codec_type == type } }

  func packets(of stream: Stream) -> [Packet] { packets.filter { $0.stream_index == stream.index } }
}

extension ProbedClip.Packet {
  var pts: Double { pts_time.flatMap(Double.init) ?? .nan }
  var dts: Double { dts_time.flatMap(Double.init) ?? .nan }
}
