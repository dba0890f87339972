import Foundation
import Media
import Settings
import Subtitles
import SystemPackage
import Testing

enum Players {
  /// Whether the programs that play the clips are installed.
  static let canRun: Bool = {
    let missing = ["python3", "mpv", "chromium", "bash"].filter { TestMedia.find($0) == nil }
    if !missing.isEmpty { print("skipped: install \(missing.joined(separator: ", "))") }
    return TestMedia.canRun && missing.isEmpty
  }()
}

/// The clips in the programs that people play them in.
@Suite(
  .serialized,
  .enabled(
    if: Players.canRun, "needs what the worker's tests need, and python3, mpv and chromium"))
struct PlaybackTests {
  private struct Source {
    var fileName: String
    var options: [String]
    var mode = CutMode.auto
    var container = "mp4"
    var sound: String
    var method = CutClip.Method.copy
  }

  /// Keyframes that pictures before them, in the order in which they are shown, come after.
  private static func openGroups(pyramid: String) -> [String] {
    [
      "-c:v", "libx264", "-preset", "ultrafast", "-x264-params",
      "open-gop=1:keyint=25:min-keyint=25:bframes=3:b-adapt=0:b-pyramid=\(pyramid):scenecut=0",
      "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest",
    ]
  }
  private static let sources = [
    Source(fileName: "open.mkv", options: openGroups(pyramid: "none"), sound: "aac"),
    Source(fileName: "ac3.mkv", options: TestMedia.h264 + ["-c:a", "ac3"], sound: "aac"),
    Source(
      fileName: "vp9.webm",
      options: [
        "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50", "-b:v",
        "300k", "-c:a", "libopus",
      ], sound: "opus"),
    Source(
      fileName: "mpeg2.ts",
      options: [
        "-c:v", "mpeg2video", "-bf", "2", "-g", "25", "-b:v", "2M", "-c:a", "mp2", "-shortest",
        "-output_ts_offset", "3600",
      ], container: "matroska", sound: "aac"),
    Source(
      fileName: "exact.mp4", options: TestMedia.h264, mode: .exact, sound: "aac", method: .encode),
  ]

  @Test func clipsPlay() async throws {
    let folder = try TemporaryFolder()
    let out = try folder.folder("out")
    for source in Self.sources {
      let path = folder.file(source.fileName)
      try TestMedia.source(seconds: 10, options: source.options, at: path)
      let stem = path.stem ?? ""
      var orders = [CutTests.clip(stem, in: out, from: 5.3, to: 7)]
      if source.fileName == "open.mkv" {
        orders[0].extracts = [
          ExtractOrder(folder: out, stem: "extract", start: .seconds(5.5), end: .seconds(6.75))
        ]
        orders.append(CutTests.clip("second", in: out, from: 1.2, to: 3))
      }
      var order = CutTests.order(path, orders)
      order.mode = source.mode
      let clips = try await CutTests.cut(order)
      for clip in clips {
        #expect(clip.method == source.method, "\(clip.reason ?? "") \(clip.failure ?? "")")
        #expect(clip.container == source.container)
        #expect(clip.extracts.allSatisfy { $0.fileName != nil })
        let file = out.appending(try #require(clip.fileName))
        #expect(try ProbedClip(file).streams("audio").map(\.codecName) == [source.sound])
        try Self.expectFirstPicture(of: file, at: clip.sourceStart, in: path, folder: folder)
      }
      if clips.count > 1 { try await Self.reel(clips, orders, in: out) }
    }
    let made = ["ac3", "exact", "open", "second", "vp9"].map { "clip \($0).mp4" }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: out.string).sorted()
        == (made + ["clip mpeg2.mkv", "extract.m4a", "reel.mp4"]).sorted())
    let (status, text) = try Self.check([out.string])
    #expect(status == 0, "\(text)")
    #expect(text.hasSuffix("8 clips, all play\n"), "\(text)")
    // Each of the five with pictures was compared, and so was the reel.
    #expect(text.ranges(of: " off\n").count == 6, "\(text)")
    #expect(text.ranges(of: "eng,deu").count == 7, "\(text)")
  }

  /// Chromium's decoder ends with an error where an order to forget a picture meets one that was left out with the
  /// others before the first keyframe; and after a seek to a later keyframe of this kind.
  @Test func referredPicturesOfOpenGroupsPlay() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(
      seconds: 10, options: Self.openGroups(pyramid: "normal"), at: source)
    let out = try folder.folder("out")
    let clips = try await CutTests.cut(
      CutTests.order(
        source,
        [
          CutTests.clip("first", in: out, from: 1.2, to: 3),
          CutTests.clip("later", in: out, from: 5.3, to: 7),
        ]))
    #expect(clips.allSatisfy { $0.fileName != nil })
    let (status, text) = try Self.check([out.string])
    #expect(text.contains("\n2 clips, "), "\(text)")
    #expect(status == 0, "\(text)")
  }

  private static func reel(
    _ clips: [CutClip], _ orders: [ClipOrder], in folder: FilePath
  ) async throws {
    let parts = try zip(clips, orders).map { clip, order in
      ReelOrder.Part(
        id: clip.id, clip: folder.appending(try #require(clip.fileName)), title: clip.id,
        start: clip.sourceStart, end: order.end, subtitles: order.subtitles)
    }
    let reel = try await TestMedia.client().reel(
      ReelOrder(folder: folder, stem: "reel", title: "All", parts: parts))
    #expect(reel.leftOut.isEmpty)
    #expect(reel.fileName == "reel.mp4")
  }

  /// What the clip shows first is what its source shows at `start`, and at no other time.
  private static func expectFirstPicture(
    of clip: FilePath, at start: MediaTime, in source: FilePath, folder: TemporaryFolder
  ) throws {
    let probed = try ProbedClip(source, decodes: false)
    let video = try #require(probed.streams("video").first)
    let zero = try #require(probed.format.startTime.flatMap(Double.init))
    let times = probed.packets(of: video).map { $0.pts - zero }.sorted()
    let pictures = try Self.pictures(of: source, in: folder)
    try #require(pictures.count == times.count)
    let first = try #require(try Self.pictures(of: clip, in: folder).first)
    let differences = pictures.map { picture in
      zip(picture, first).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    }
    let least = try #require(differences.indices.min { differences[$0] < differences[$1] })
    #expect(abs(times[least] - start.seconds) < 0.02, "\(clip) begins at \(times[least]) s")
    #expect(differences[least] < 3 * first.count)
  }

  /// In grey, a quarter of their size.
  private static func pictures(of file: FilePath, in folder: TemporaryFolder) throws -> [Data] {
    let raw = folder.file("pictures")
    try TestMedia.output(
      of: "ffmpeg",
      [
        "-y", "-v", "error", "-i", file.string, "-map", "0:v:0", "-fps_mode", "passthrough", "-vf",
        "scale=160:90:flags=area,format=gray", "-f", "rawvideo", raw.string,
      ])
    let data = try Data(contentsOf: URL(fileURLWithPath: raw.string))
    let size = 160 * 90
    return stride(from: 0, to: data.count, by: size).map { data[$0..<min($0 + size, data.count)] }
  }

  /// A clip that plays, and what some programs or all of them can't play.
  @Test func wrongClipsAreFound() throws {
    let folder = try TemporaryFolder()
    let good = folder.file("good.mp4")
    let words = folder.file("words.srt")
    try Data("1\n00:00:01,000 --> 00:00:02,000\nword\n".utf8).write(
      to: URL(fileURLWithPath: words.string))
    try TestMedia.source(
      seconds: 6, options: TestMedia.h264 + ["-movflags", "+faststart"], at: good)
    let copies: [(String, [String])] = [
      ("late.mp4", ["-itsoffset", "0.5", "-i", good.string, "-map", "1:v", "-map", "0:a"]),
      ("keyless.mp4", ["-bsf:v", "noise=drop='eq(n,0)'"]),
      ("nameless.mp4", ["-i", words.string, "-c:s", "mov_text"]),
    ]
    for (name, options) in copies {
      try TestMedia.output(
        of: "ffmpeg",
        ["-v", "error", "-i", good.string] + options + ["-c:v", "copy", "-c:a", "copy"]
          + [folder.file(name).string])
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: good.string))
    bytes.removeLast(bytes.count / 2)
    try bytes.write(to: URL(fileURLWithPath: folder.file("truncated.mp4").string))

    let wrong = ["keyless", "late", "nameless", "truncated"]
    let (status, text) = try Self.check(
      (["good"] + wrong).map { folder.file("\($0).mp4").string })
    #expect(status == 1)
    #expect(text.hasSuffix("5 clips, 4 with problems\n"), "\(text)")
    // What is said of each clip stands under its line.
    var said: [String: [String]] = [:]
    var clip = ""
    for line in text.split(separator: "\n").dropFirst().dropLast() {
      if line.hasPrefix("  ") {
        said[clip, default: []].append(String(line.dropFirst(2)))
      } else {
        clip = String(line.prefix { $0 != "." })
      }
    }
    #expect(said.keys.sorted() == wrong)
    let programs = said.mapValues { $0.map { String($0.prefix { $0 != ":" }) } }
    #expect(programs["late"] == ["ffprobe", "chromium"])
    #expect(said["late"]?.first == "ffprobe: the pictures start at 0.500 s")
    #expect(said["late"]?.last == "chromium: at 0 shows the picture of 0.500 s, not 0.000 s")
    #expect(programs["keyless"]?.contains("ffprobe") == true)
    #expect(programs["keyless"]?.contains("chromium") == true)
    #expect(said["nameless"] == ["mpv: lists subtitles without a language"])
    #expect(programs["truncated"] == ["ffprobe", "ffmpeg", "mpv", "chromium"])
  }

  /// The check's exit status and what it prints.
  private static func check(_ arguments: [String]) throws -> (Int32, String) {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(TestMedia.find("python3")))
    process.arguments =
      [root.appendingPathComponent("Scripts/check-playback.py").path] + arguments
    process.standardInput = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
