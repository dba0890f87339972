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
