import Foundation
import Media
import Subtitles
import SystemPackage
import Testing

@Suite(.enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct ProbeTests {
  private static func failure(_ path: FilePath) async throws -> MediaFailure? {
    let client = try TestMedia.client()
    do throws(MediaFailure) {
      _ = try await client.probe(path)
      return nil
    } catch {
      return error
    }
  }

  private static func write(_ bytes: some Sequence<UInt8>, to path: FilePath) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path.string))
  }

  @Test func tellsWhatIsInAFile() async throws {
    let folder = try TemporaryFolder()
    let subtitles = folder.file("s.srt")
    try Self.write("1\n00:00:01,000 --> 00:00:02,000\nHello\n".utf8, to: subtitles)
    let path = folder.file("source.mkv")
    try TestMedia.source(
      seconds: 6,
      options: [
        "-map", "0:v", "-map", "1:a", "-map", "2:s", "-c:v", "libx264", "-preset", "ultrafast",
        "-c:a", "aac", "-c:s", "srt", "-metadata:s:s:0", "language=eng", "-metadata:s:s:0",
        "title=SDH", "-disposition:s:0", "forced+hearing_impaired",
      ], at: path, inputs: ["-i", subtitles.string])
    let probe = try await TestMedia.client().probe(path)
    #expect(probe.container == "matroska")
    #expect(abs(probe.duration.seconds - 6) < 0.1)
    #expect(probe.streams.map(\.kind) == [.video, .audio, .subtitle])
    #expect(probe.streams.map(\.codec) == ["h264", "aac", "subrip"])
    #expect(probe.streams[0].width == 320 && probe.streams[0].height == 180)
    #expect(probe.streams[1].channels == 1)
    #expect(probe.streams[2].language == "eng" && probe.streams[2].title == "SDH")
    #expect(probe.streams[2].isForced && probe.streams[2].isHearingImpaired)
    #expect(!probe.streams[2].isDefault)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path.string))
    #expect(probe.sizeBytes == Int64(bytes.count))
    let ends = folder.file("ends")
    try Self.write(bytes.prefix(65_536) + bytes.suffix(65_536), to: ends)
    let hash = try TestMedia.output(of: "sha256sum", [ends.string]).prefix(64)
    #expect(probe.fingerprint == "\(bytes.count)-\(hash)")
  }

  @Test func subtitlePacketsAreOnTheEpisodeClock() async throws {
    let folder = try TemporaryFolder()
    let subtitles = folder.file("s.srt")
    try Self.write(
      "1\n00:00:01,000 --> 00:00:02,500\nHello\n\n2\n00:00:04,000 --> 00:00:05,000\n여보세요\n".utf8,
      to: subtitles)
    for (name, codec) in [("a.mkv", "subrip"), ("a.mp4", "mov_text"), ("b.mkv", "ass")] {
      let path = folder.file(name)
      try TestMedia.source(
        seconds: 6,
        options: [
          "-map", "0:v", "-map", "2:s", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "0",
          "-c:s",
          codec, "-output_ts_offset", name == "a.mkv" ? "100" : "0",
        ], at: path, inputs: ["-i", subtitles.string])
      let track = try await TestMedia.client().subtitleTrack(of: path, stream: 1)
      #expect(track.codec == codec)
      let cues = EmbeddedSubtitles.read(
        codec: track.codec, packets: track.packets
      ).cues
      #expect(cues.map(\.text) == ["Hello", "여보세요"])
      #expect(cues.map(\.start.milliseconds) == [1_000, 4_000])
      #expect(cues.map(\.end.milliseconds) == [2_500, 5_000])
    }
  }

  @Test(arguments: ["half.mkv", "half.mp4", "half-fast.mp4", "half.avi", "tail-zeros.mkv"])
  func truncatedFilesAreSaidToBe(_ name: String) async throws {
    let folder = try TemporaryFolder()
    let whole = folder.file("whole-" + name)
    let isFast = name.contains("fast")
    try TestMedia.source(
      seconds: 40, options: TestMedia.h264 + (isFast ? ["-movflags", "+faststart"] : []), at: whole)
    let before = try await TestMedia.client().probe(whole)
    #expect(abs(before.duration.seconds - 40) < 0.2)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: whole.string))
    let half = bytes.count / 2
    if name.contains("zeros") {
      bytes = bytes.prefix(half) + Data(count: bytes.count - half)
    } else {
      bytes = bytes.prefix(half)
    }
    let path = folder.file(name)
    try Self.write(bytes, to: path)
    let failure = try #require(try await Self.failure(path))
    #expect(failure.kind == .truncated, "\(failure.message)")
    #expect(failure.message.contains("Still being copied?"))
  }

  @Test func whatIsNoVideoIsRefusedInPlainWords() async throws {
    let folder = try TemporaryFolder()
    let empty = folder.file("empty.mkv")
    try Self.write([], to: empty)
    #expect(
      try await Self.failure(empty) == MediaFailure(.notMedia, "the file is empty; copy it again"))

    let garbage = folder.file("garbage.mkv")
    var state: UInt64 = 1
    try Self.write(
      (0..<300_000).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      }, to: garbage)
    #expect(try await Self.failure(garbage)?.kind == .notMedia)

    // A list that names other files must not be followed.
    let real = folder.file("real.mkv")
    try TestMedia.source(seconds: 3, options: TestMedia.h264, at: real)
    let list = folder.file("list.mkv")
    try Self.write("ffconcat version 1.0\nfile 'real.mkv'\n".utf8, to: list)
    #expect(try await Self.failure(list)?.kind == .notMedia)
    let playlist = folder.file("playlist.ts")
    try Self.write(
      "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nreal.mkv\n#EXT-X-ENDLIST\n".utf8, to: playlist)
    #expect(try await Self.failure(playlist)?.kind == .notMedia)

    #expect(try await Self.failure(folder.file("missing.mkv"))?.kind == .unreadable)
    #expect(try await Self.failure(try folder.folder("folder.mkv"))?.kind == .notMedia)
    let pipe = folder.file("pipe.mkv")
    #expect(pipe.withPlatformString { mkfifo($0, 0o600) } == 0)
    #expect(try await Self.failure(pipe)?.kind == .notMedia)
  }

  @Test func soundWithACoverIsNoVideo() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("song.mp4")
    try TestMedia.output(
      of: "ffmpeg",
      [
        "-y", "-loglevel", "error", "-f", "lavfi", "-i", "sine=duration=3", "-f", "lavfi", "-i",
        "testsrc2=size=64x64:duration=1:rate=1", "-map", "0", "-map", "1", "-c:v", "mjpeg",
        "-frames:v", "1", "-disposition:v", "attached_pic", "-c:a", "aac", path.string,
      ])
    #expect(try await Self.failure(path)?.kind == .noVideo)
  }

  @Test func anyFileNameIsOpened() async throws {
    let folder = try TemporaryFolder()
    let plain = folder.file("plain.mkv")
    try TestMedia.source(seconds: 8, options: TestMedia.h264, at: plain)
    let names: [[UInt8]] = [
      Array("two\nlines 🎬 'quoted' %03d.mkv".utf8), Array("bad \u{1}".utf8) + [0xFF, 0xC3, 0x28],
      Array("-rf: concat:x|y.mkv".utf8), Array("http:example.mkv".utf8),
    ]
    for name in names {
      let path = folder.path.pushing(Self.path(name))
      #expect(
        plain.withPlatformString { from in path.withPlatformString { link(from, $0) } } == 0)
      let probe = try await TestMedia.client().probe(path)
      #expect(probe.streams.count == 2)
      let out = try folder.folder("out")
      let clips = try await CutTests.cut(
        CutTests.order(path, [CutTests.clip("a", in: out, from: 3, to: 6)]))
      #expect(clips.first?.fileName == "clip a.mp4")
    }
  }

  private static func path(_ bytes: [UInt8]) -> FilePath {
    (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { FilePath(platformString: $0.baseAddress!) }
    }
  }
}
