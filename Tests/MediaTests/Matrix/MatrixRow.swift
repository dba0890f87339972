import Foundation
import Media
import Settings
import SystemPackage
import Testing

/// One kind of source, and what should become of it.
struct MatrixRow: Sendable, CustomTestStringConvertible {
  var name: String
  /// Of the ffmpeg program.
  var encoders: [String] = ["libx264"]
  var file = "source.mkv"
  var rate = "25"
  var seconds = 14.0
  var filter: String?
  var video = MatrixRow.h264()
  var sound = ["-c:a", "aac"]
  /// Of the container.
  var options: [String] = []
  /// What the file is copied with in a second step: before the input, and after it.
  var remux: (reading: [String], writing: [String])?
  var mode = CutMode.auto
  var soundMode = SoundMode.auto
  var container = "mp4"
  /// Of the clips near the start, in the middle and up to the end.
  var methods: [CutClip.Method] = [.copy, .copy, .copy]
  /// A part of why clips are encoded.
  var reason = ""

  var testDescription: String { name }

  /// - Parameter parameters: of libx264, besides keyframes every 2 s.
  static func h264(_ parameters: String = "open-gop=0:bframes=3:b-pyramid=none") -> [String] {
    [
      "-c:v", "libx264", "-preset", "ultrafast", "-x264-params",
      "keyint=50:min-keyint=50:scenecut=0:b-adapt=0:" + parameters, "-pix_fmt", "yuv420p",
    ]
  }

  var missingEncoder: String? {
    encoders.first { !TestMedia.encoders.contains(" \($0) ") }
  }

  private var frames: Int {
    let parts = rate.split(separator: "/").compactMap { Double($0) }
    return Int(seconds * parts[0] / (parts.count > 1 ? parts[1] : 1))
  }

  private static let rawPictures = CountedPictures.raw(count: 1_500)
  private static let chirp = Chirp.wave(seconds: 40)

  /// The source's file.
  func make(in folder: TemporaryFolder) async throws -> FilePath {
    let (pictures, chirp) = (folder.file("pictures.gray"), folder.file("chirp.wav"))
    try Self.rawPictures.prefix(frames * CountedPictures.size)
      .write(to: URL(fileURLWithPath: pictures.string))
    try Self.chirp.prefix(44 + 2 * Chirp.rate * Int(seconds + 1)).write(
      to: URL(fileURLWithPath: chirp.string))
    defer {
      for file in [pictures, chirp] { try? FileManager.default.removeItem(atPath: file.string) }
    }
    let source = folder.file(file)
    let made = remux == nil ? source : folder.file("first-" + file)
    let filters = filter.map { ["-vf", $0, "-vsync", "vfr"] } ?? []
    try await Tool(
      "ffmpeg",
      [
        "-nostdin", "-y", "-v", "error", "-f", "rawvideo", "-pix_fmt", "gray", "-s",
        "\(CountedPictures.width)x\(CountedPictures.height)", "-framerate", rate, "-i",
        pictures.string, "-t", "\(seconds)", "-i", chirp.string, "-map", "0:v", "-map", "1:a",
        "-ac", "2", "-threads", "1",
      ] + filters + video + sound + (remux == nil ? options : []) + [made.string],
      folder: folder.path)
    if let remux {
      try await Tool(
        "ffmpeg",
        ["-nostdin", "-y", "-v", "error"] + remux.reading.map { $0 == "SOURCE" ? made.string : $0 }
          + ["-i", made.string] + remux.writing + ["-c", "copy"] + options + [source.string],
        folder: folder.path)
    }
    return source
  }
}
