import Foundation
import SystemPackage
import Testing

/// Small sound sources of many containers, made once and the same each time.
struct DamageSources {
  struct Source {
    var name: String
    var fileExtension: String
    var bytes: [UInt8]
  }

  /// Of each source.
  static let seconds = 7

  let all: [Source]

  private static let subtitles = """
    1
    00:00:01,000 --> 00:00:02,500
    Hello there

    2
    00:00:03,000 --> 00:00:05,500
    Good <i>bye</i>

    """

  private static let h264 = ["-c:v", "copy", "-c:a", "copy"]
  private static let text = ["-map", "0:v", "-map", "0:a", "-map", "1:s"]
  private static let recipes: [(name: String, fileExtension: String, options: [String])] = [
    ("Matroska", "mkv", text + h264 + ["-c:s", "srt"]),
    ("MP4, index at the end", "mp4", text + h264 + ["-c:s", "mov_text"]),
    ("MP4, index first", "mp4", h264 + ["-movflags", "+faststart"]),
    ("MP4, fragmented", "mp4", h264 + ["-movflags", "+frag_keyframe+empty_moov"]),
    ("MPEG-TS", "ts", h264),
    (
      "WebM", "webm",
      text + [
        "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "25", "-c:a",
        "libopus", "-c:s", "webvtt",
      ]
    ),
    ("AVI", "avi", ["-c:v", "mpeg4", "-g", "25", "-c:a", "libmp3lame"]),
    ("FLV", "flv", h264),
  ]

  init(in folder: TemporaryFolder) throws {
    let (base, cues) = (folder.file("base.mp4"), folder.file("cues.srt"))
    try Data(Self.subtitles.utf8).write(to: URL(fileURLWithPath: cues.string))
    let quiet = ["-y", "-loglevel", "error"]
    let same = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    try TestMedia.output(
      of: "ffmpeg",
      quiet + [
        "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=\(Self.seconds)",
        "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=\(Self.seconds)",
        "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "25", "-pix_fmt", "yuv420p",
        "-c:a", "aac",
      ] + same + [base.string])
    var sources: [Source] = []
    for recipe in Self.recipes {
      let path = folder.file("sound.\(recipe.fileExtension)")
      try TestMedia.output(
        of: "ffmpeg",
        quiet + ["-i", base.string, "-i", cues.string] + recipe.options + same + [path.string])
      sources.append(
        Source(
          name: recipe.name, fileExtension: recipe.fileExtension,
          bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.string)))))
    }
    let bare = try #require(Self.withoutCues(sources[0].bytes))
    sources.append(Source(name: "Matroska without cues", fileExtension: "mkv", bytes: bare))
    all = sources
  }

  /// With the index's element turned into padding of the same length.
  private static func withoutCues(_ bytes: [UInt8]) -> [UInt8]? {
    let identifier: [UInt8] = [0x1C, 0x53, 0xBB, 0x6B]
    let place = bytes.indices.last { bytes[$0...].starts(with: identifier) }
    guard let place, place + 12 < bytes.count else { return nil }
    let length = bytes[place + 4].leadingZeroBitCount + 1
    guard length <= 5 else { return nil }
    // Padding has a shorter identifier, so the number that follows is written longer.
    let digits = bytes[place + 4..<place + 4 + length].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let size = digits & (1 << (7 * UInt64(length)) - 1) | 1 << (7 * UInt64(length + 3))
    var bare = bytes
    bare[place] = 0xEC
    for position in 0..<length + 3 {
      bare[place + 1 + position] = UInt8(
        truncatingIfNeeded: size >> (8 * UInt64(length + 2 - position)))
    }
    return bare
  }
}
