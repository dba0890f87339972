import Foundation
import Media
import Settings
import Subtitles
import SystemPackage
import Testing

/// What becomes of sound: copied, made AAC, and cut into extracts.
@Suite(.enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct SoundTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var codec: [String]
    var mode: SoundMode
    var made: String
    var isEncoded: Bool { made == "aac" && codec[0] != "aac" }
    var testDescription: String { "\(codec[0]), \(mode) gives \(made)" }
  }

  static let cases = [
    Case(codec: ["ac3"], mode: .auto, made: "aac"),
    Case(codec: ["eac3"], mode: .auto, made: "aac"),
    Case(codec: ["dca", "-strict", "-2"], mode: .auto, made: "aac"),
    Case(codec: ["truehd", "-strict", "-2"], mode: .auto, made: "aac"),
    Case(codec: ["pcm_s16le"], mode: .auto, made: "aac"),
    Case(codec: ["aac"], mode: .auto, made: "aac"),
    Case(codec: ["libmp3lame"], mode: .auto, made: "mp3"),
    Case(codec: ["libopus"], mode: .auto, made: "opus"),
    Case(codec: ["flac"], mode: .auto, made: "flac"),
    Case(codec: ["ac3"], mode: .copy, made: "ac3"),
    Case(codec: ["libmp3lame"], mode: .aac, made: "aac"),
  ]

  @Test(arguments: cases) func browsersCanPlayIt(_ sound: Case) async throws {
    guard TestMedia.encoders.contains(" \(sound.codec[0]) ") else {
      print("skipped: ffmpeg has no \(sound.codec[0])")
      return
    }
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(
      seconds: 14, options: TestMedia.h264 + ["-c:a"] + sound.codec, at: source)
    let out = try folder.folder("out")
    var clip = CutTests.clip("a", in: out, from: 5.3, to: 9)
    clip.extracts = [
      ExtractOrder(
        folder: out.appending("extracts"), stem: "one", start: .seconds(6), end: .seconds(7.5))
    ]
    var order = CutTests.order(source, [clip])
    order.sound = sound.mode
    let made = try #require(try await CutTests.cut(order).first)
    #expect(made.method == .copy, "\(made.reason ?? "") \(made.failure ?? "")")
    let probed = try ProbedClip(out.appending(try #require(made.fileName)))
    #expect(probed.streams("audio").map(\.codecName) == [sound.made])
    #expect((made.soundReason != nil) == sound.isEncoded)
    let sounds = probed.packets(of: try #require(probed.streams("audio").first))
    #expect(try #require(sounds.first).pts < 0.03)
    #expect(try #require(sounds.last).pts > 9.2 - made.sourceStart.seconds - 0.1)
    let names = try FileManager.default.contentsOfDirectory(atPath: out.string)
    #expect(Set(names) == [try #require(made.fileName), "extracts"])

    let extract = try #require(made.extracts.first)
    #expect(extract.failure == nil)
    let file = out.appending("extracts").appending(try #require(extract.fileName))
    #expect(file.extension == "m4a")
    let heard = try ProbedClip(file)
    #expect(heard.streams("audio").map(\.codecName) == ["aac"])
    #expect(heard.streams("video").isEmpty)
    let frame = 0.1
    #expect(abs(extract.start.seconds - (6 - made.sourceStart.seconds)) < frame)
    #expect(abs(extract.duration.seconds - 1.5) < 2 * frame)
    let errors = try TestMedia.errors(
      of: "ffmpeg", ["-v", "error", "-xerror", "-i", file.string, "-f", "null", "-"])
    #expect(errors.isEmpty)
  }

  @Test func videoExtractsBeginWithTheirSentence() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 14, options: TestMedia.h264, at: source)
    let out = try folder.folder("out")
    var clip = CutTests.clip("a", in: out, from: 5.3, to: 9)
    clip.extracts = [
      ExtractOrder(
        folder: out.appending("extracts"), stem: "one", start: .seconds(6.1), end: .seconds(7.6))
    ]
    var order = CutTests.order(source, [clip])
    order.extracts = .video
    let made = try #require(try await CutTests.cut(order).first)
    let extract = try #require(made.extracts.first)
    #expect(extract.fileName == "one.mp4")
    #expect(abs(extract.start.seconds + made.sourceStart.seconds - 6.1) < 0.001)
    #expect(abs(extract.duration.seconds - 1.5) < 0.1)
    let film = try ProbedClip(out.appending("extracts").appending("one.mp4"))
    #expect(film.streams("video").count == 1 && film.streams("audio").count == 1)
  }

  @Test func exactClipsBeginWithTheirDialogue() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 14, options: TestMedia.h264, at: source)
    let out = try folder.folder("out")
    var order = CutTests.order(source, [CutTests.clip("a", in: out, from: 5.3, to: 9)])
    order.mode = .exact
    order.quality = 30
    let made = try #require(try await CutTests.cut(order).first)
    #expect(made.method == .encode)
    #expect(made.reason == "clip.cut is exact")
    // The first picture from there on.
    #expect((5..<5.04).contains(made.sourceStart.seconds))
    #expect(made.leadIn == .seconds(5.3) - made.sourceStart)
  }

  @Test func aForcedCopyNeverEncodes() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(
      seconds: 20,
      options: [
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "1000", "-keyint_min", "1000",
        "-sc_threshold", "0", "-c:a", "aac", "-shortest",
      ], at: source)
    let out = try folder.folder("out")
    var order = CutTests.order(source, [CutTests.clip("a", in: out, from: 12.1, to: 15)])
    order.mode = .copy
    order.ffmpegProgram = "no-such-program"
    let made = try #require(try await CutTests.cut(order).first)
    #expect(made.method == .copy)
    #expect(made.leadIn > .seconds(12))
  }
}
