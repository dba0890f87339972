import Foundation
import Media
import Subtitles
import SystemPackage
import Testing

/// A picture of each clip.
@Suite(.enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct PosterTests {
  private func poster(
    _ name: String, of clip: FilePath, at seconds: Double = 3, in folder: TemporaryFolder
  ) -> PosterOrder.Poster {
    .init(id: name, clip: clip, time: .seconds(seconds), output: folder.file("\(name).jpg"))
  }

  /// Width, height, codec and pixel shape.
  private func picture(_ file: FilePath) throws -> String {
    try TestMedia.output(
      of: "ffprobe",
      [
        "-v", "error", "-show_entries", "stream=codec_name,width,height,sample_aspect_ratio", "-of",
        "csv=p=0", file.string,
      ]
    ).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  static let sources: [(name: String, options: [String], picture: String)] = [
    ("small.mp4", TestMedia.h264, "mjpeg,320,180"),
    ("large.mkv", TestMedia.h264 + ["-vf", "scale=1920:1080"], "mjpeg,640,360"),
    ("portrait.mp4", TestMedia.h264 + ["-vf", "scale=720:1280,setsar=1"], "mjpeg,640,1138"),
    // Pixels that are twice as wide as high.
    ("wide.mp4", TestMedia.h264 + ["-vf", "scale=160:180,setsar=2"], "mjpeg,320,180"),
    (
      "hevc.mkv", ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"],
      "mjpeg,320,180"
    ),
    (
      "vp9.mkv", ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"], "mjpeg,320,180"
    ),
  ]

  @Test(arguments: sources.map(\.name)) func isMadeOfEveryKindOfClip(name: String) async throws {
    let source = try #require(Self.sources.first { $0.name == name })
    guard TestMedia.encoders.contains(" \(source.options[1]) ") else {
      print("skipped: ffmpeg has no \(source.options[1])")
      return
    }
    let folder = try TemporaryFolder()
    let clip = folder.file(name)
    try TestMedia.source(seconds: 5, options: source.options, at: clip)
    let order = PosterOrder(posters: [
      poster("middle", of: clip, in: folder), poster("again", of: clip, in: folder),
      poster("beyond", of: clip, at: 900, in: folder),
    ])
    let made = try await TestMedia.client().posters(order)
    #expect(Set(made.made).isSuperset(of: ["middle", "again"]), "\(made.failures)")
    #expect(made.made.count + made.failures.count == 3)
    #expect(try picture(folder.file("middle.jpg")).hasPrefix(source.picture))
    let bytes = try ["middle", "again"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder.file("\($0).jpg").string))
    }
    #expect(bytes[0] == bytes[1], "the same each time")
    #expect(!bytes[0].contains(Data("Lav".utf8)), "no name of an encoder")
  }

  @Test func whatCanNotBeReadCostsItsOwnPosterAlone() async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("100% %d it's.mp4")
    try TestMedia.source(seconds: 4, options: TestMedia.h264, at: clip)
    let garbage = folder.file("garbage.mp4")
    try Data("#EXTM3U\n/etc/passwd\n".utf8).write(to: URL(fileURLWithPath: garbage.string))
    let sound = folder.file("sound.mp4")
    try TestMedia.source(seconds: 2, options: ["-vn", "-c:a", "aac"], at: sound)
    let made = try await TestMedia.client().posters(
      PosterOrder(posters: [
        poster("garbage", of: garbage, in: folder), poster("sound", of: sound, in: folder),
        poster("missing", of: folder.file("missing.mp4"), in: folder),
        poster("100% %d good", of: clip, in: folder),
      ]))
    #expect(made.made == ["100% %d good"])
    #expect(Set(made.failures.keys) == ["garbage", "sound", "missing"])
    #expect(made.failures.values.allSatisfy { !$0.isEmpty })
    #expect(folder.names.filter { $0.hasSuffix(".jpg") } == ["100% %d good.jpg"])
  }

  /// More than are made by one start of the program, with one among them that spoils it.
  @Test func manyAreTheSameTogetherAsAlone() async throws {
    let folder = try TemporaryFolder()
    let clips = try (0..<11).map { number in
      let clip = folder.file("\(number).mp4")
      let picture = number == 4 ? "scale=2600:1000" : "hue=h=\(number * 30)"
      try TestMedia.source(seconds: 3, options: TestMedia.h264 + ["-vf", picture], at: clip)
      return clip
    }
    let client = try TestMedia.client()
    let together = try await client.posters(
      PosterOrder(
        posters: clips.enumerated().map { poster("together\($0)", of: $1, at: 1, in: folder) }
          + [poster("missing", of: folder.file("missing.mp4"), in: folder)]))
    #expect(together.made == (0..<11).map { "together\($0)" })
    #expect(Array(together.failures.keys) == ["missing"])
    for (number, clip) in clips.enumerated() {
      let alone = try await client.posters(
        PosterOrder(posters: [poster("alone", of: clip, at: 1, in: folder)]))
      #expect(alone.made == ["alone"])
      let bytes = try ["alone", "together\(number)"].map {
        try Data(contentsOf: URL(fileURLWithPath: folder.file("\($0).jpg").string))
      }
      #expect(bytes[0] == bytes[1], "clip \(number)")
    }
  }

  @Test func aMissingProgramIsTold() async throws {
    let folder = try TemporaryFolder()
    let made = try await TestMedia.client().posters(
      PosterOrder(
        posters: [poster("a", of: folder.file("a.mp4"), in: folder)],
        ffmpegProgram: "no-such-program"))
    #expect(made.made.isEmpty)
    #expect(made.failures["a"]?.contains("install ffmpeg") == true)
  }
}
