import Foundation
import Media
import Settings
import Subtitles
import SystemPackage
import Testing

@Suite(.enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct ReelTests {
  private static func parts(_ clips: [CutClip], _ orders: [ClipOrder]) throws -> [ReelOrder.Part] {
    try zip(clips, orders).map { clip, order in
      ReelOrder.Part(
        id: clip.id, clip: order.folder.appending(try #require(clip.fileName)),
        title: "chapter \(clip.id)", start: clip.sourceStart, end: order.end + .milliseconds(300),
        subtitles: order.subtitles)
    }
  }

  @Test(arguments: ["mp4", "mkv"]) func clipsBecomeOneFile(kind: String) async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    let sound = kind == "mp4" ? "aac" : "libvorbis"
    try TestMedia.source(options: TestMedia.h264 + ["-c:a", sound], at: source)
    let out = try folder.folder("out")
    let orders = [
      CutTests.clip("a", in: out, from: 1, to: 4), CutTests.clip("b", in: out, from: 8.3, to: 12.2),
      CutTests.clip("c", in: out, from: 20.5, to: 26),
    ]
    var order = CutTests.order(source, orders)
    order.sound = .copy
    let clips = try await CutTests.cut(order)
    let reel = try await TestMedia.client().reel(
      ReelOrder(
        folder: out, stem: "all", title: "All clips", parts: try Self.parts(clips, orders)))
    #expect(reel.leftOut.isEmpty)
    #expect(reel.fileName == "all.\(kind)")
    let path = out.appending(try #require(reel.fileName))
    let probed = try ProbedClip(path)
    #expect(
      probed.chapters.compactMap { $0.tags?["title"] } == ["chapter a", "chapter b", "chapter c"])
    let starts = probed.chapters.compactMap { Double($0.startTime) }
    var sum = 0.0
    for (clip, start) in zip(clips, starts) {
      #expect(abs(start - sum) < 0.002)
      sum += clip.duration.seconds
    }
    let video = try #require(probed.streams("video").first)
    let pictures = probed.packets(of: video)
    #expect(video.nbReadFrames.flatMap(Int.init) == pictures.count)
    if kind == "mp4" {
      #expect(zip(pictures, pictures.dropFirst()).allSatisfy { $0.dts < $1.dts })
    }
    #expect(abs(reel.duration.seconds - sum) < 0.1)
    let errors = try TestMedia.errors(
      of: "ffmpeg", ["-v", "error", "-xerror", "-i", path.string, "-f", "null", "-"])
    #expect(errors.isEmpty, "\(errors)")
    // The words of each clip come where the clip comes.
    let text = try TestMedia.output(
      of: "ffmpeg", ["-v", "error", "-i", path.string, "-map", "0:s:0", "-f", "srt", "-"])
    for (clip, start) in zip(clips, starts) {
      let cue = try #require(clip.subtitles.first?.cues.first?.cue)
      let at =
        SubtitleWriter.subRip([
          Cue(
            number: 1, start: cue.start + .seconds(start), end: cue.end + .seconds(start),
            text: "x")
        ]).split(whereSeparator: \.isNewline).dropFirst().first?.prefix(11) ?? "?"
      #expect(text.contains(at), "\(at) in \(text)")
    }
  }

  /// Pictures of an HEVC clip bear an order that goes on from clip to clip, unless the reel breaks the link.
  @Test(.enabled(if: TestMedia.encoders.contains(" libx265 "), "needs libx265"))
  func noPictureIsLostWhereOpenGroupsMeet() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(
      options: [
        "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
        "log-level=none:keyint=50:min-keyint=50:open-gop=1:bframes=4:scenecut=0", "-pix_fmt",
        "yuv420p", "-c:a", "aac", "-shortest",
      ], at: source)
    let out = try folder.folder("out")
    // Each begins with the order that the pictures at the end of the one before it bear, or a little before it.
    let orders = [(8.5, 11.5), (10.5, 13.6), (12.5, 13.8), (12.5, 15.9), (14.5, 16.2)].enumerated()
      .map { CutTests.clip("clip \($0)", in: out, from: $1.0, to: $1.1) }
    var clips: [CutClip] = []
    for order in orders { clips += try await CutTests.cut(CutTests.order(source, [order])) }
    let reel = try await TestMedia.client().reel(
      ReelOrder(folder: out, stem: "all", title: "All", parts: try Self.parts(clips, orders)))
    #expect(reel.leftOut.isEmpty)
    let path = out.appending(try #require(reel.fileName))
    let errors = try TestMedia.errors(
      of: "ffmpeg",
      ["-v", "error", "-i", path.string, "-map", "0:v", "-fps_mode", "passthrough"]
        + ["-enc_time_base:v", "-1", "-f", "null", "-"])
    #expect(errors.isEmpty, "\(errors)")
    let pictures = try clips.map { try Self.pictures(out.appending(try #require($0.fileName))) }
    #expect(try Self.pictures(path) == pictures.reduce(0, +))
  }

  /// How many can be decoded.
  private static func pictures(_ path: FilePath) throws -> Int {
    try #require(try ProbedClip(path).streams("video").first?.nbReadFrames.flatMap(Int.init))
  }

  @Test func whatDiffersIsLeftOut() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 20, options: TestMedia.h264, at: source)
    let out = try folder.folder("out")
    let orders = [
      CutTests.clip("a", in: out, from: 1, to: 4), CutTests.clip("b", in: out, from: 6.3, to: 9),
    ]
    var clips = try await CutTests.cut(CutTests.order(source, orders))
    let other = CutTests.clip("c", in: out, from: 12, to: 15)
    var exact = CutTests.order(source, [other])
    exact.mode = .exact
    clips += try await CutTests.cut(exact)
    var parts = try Self.parts(clips, orders + [other])
    var missing = parts[0]
    missing.id = "missing"
    missing.clip = out.appending("nothing.mp4")
    parts.append(missing)
    let reel = try await TestMedia.client().reel(
      ReelOrder(folder: out, stem: "all", title: "All", parts: parts))
    #expect(Set(reel.leftOut.map(\.id)) == ["c", "missing"])
    let probed = try ProbedClip(out.appending(try #require(reel.fileName)))
    #expect(probed.chapters.count == 2)
  }
}
