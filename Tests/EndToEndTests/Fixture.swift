import Foundation
import SystemPackage
import Testing

/// A small episode: 60 s of test picture with a keyframe every 2 s, B-frames and a tone, made once by ffmpeg.
enum Fixture {
  static var video: FilePath {
    get async throws { try await made.value }
  }

  /// One task for all tests, so that the video is made once.
  private static let made = Task { () throws -> FilePath in
    let path = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("langflix-fixture-\(getpid()).mkv")
    let result = try await Command.run(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=60", "-f",
        "lavfi", "-i", "sine=440:d=60", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g",
        "48", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k", path.string,
      ])
    try #require(result.status == 0, "ffmpeg: \(result.errors)")
    return path
  }

  /// Ten minutes of a tiny picture, for episodes whose clips are final before the last batch.
  static var longVideo: FilePath {
    get async throws { try await madeLong.value }
  }

  static let longSeconds = 600.0

  private static let madeLong = Task { () throws -> FilePath in
    let path = FilePath(FileManager.default.temporaryDirectory.path)
      .appending("langflix-fixture-long-\(getpid()).mkv")
    let result = try await Command.run(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=64x36:r=5:d=600", "-f",
        "lavfi", "-i", "sine=440:d=600:r=8000", "-c:v", "libx264", "-preset", "ultrafast", "-g",
        "10",
        "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "16k", path.string,
      ])
    try #require(result.status == 0, "ffmpeg: \(result.errors)")
    return path
  }

  /// Three exchanges with pauses between; six expressions that WordNet has.
  static let subtitles = """
    1
    00:00:02,000 --> 00:00:04,000
    It is late. Shall we call it a day?

    2
    00:00:04,200 --> 00:00:06,500
    Not yet. I want to figure it out first.

    3
    00:00:06,700 --> 00:00:08,500
    Fine, but I will not give up my seat.

    4
    00:00:20,000 --> 00:00:22,500
    You really let the cat out of the bag.

    5
    00:00:22,700 --> 00:00:25,000
    It was an accident. I am sorry.

    6
    00:00:40,000 --> 00:00:42,500
    Do not lose your temper over it.

    7
    00:00:42,700 --> 00:00:45,000
    I will get over it by and by.

    """

  /// The public-domain dialogue that lies beside the checkout on development machines.
  static let sharedData: FilePath? = {
    let environment = ProcessInfo.processInfo.environment["LANGFLIX_DATA"]
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../shared/data").standardized.path
    let path = environment ?? beside
    return FileManager.default.fileExists(atPath: path) ? FilePath(path) : nil
  }()
}
