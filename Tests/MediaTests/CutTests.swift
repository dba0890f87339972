import Foundation
import Media
import Settings
import Subtitles
import SystemPackage
import Testing

@Suite(.enabled(if: TestMedia.canRun, "needs ffmpeg, ffprobe and the langflix program"))
struct CutTests {
  static let cues: [Cue] = (0..<15).map { number in
    Cue(
      number: number + 1, start: .seconds(Double(number) * 2 + 0.5),
      end: .seconds(Double(number) * 2 + 1.75), text: "Line \(number + 1)\nsecond row")
  }

  static func clip(
    _ id: String, in folder: FilePath, from start: Double, to end: Double
  ) -> ClipOrder {
    ClipOrder(
      id: id, folder: folder, stem: "clip \(id)", start: .seconds(start), end: .seconds(end),
      title: "figure out · give up",
      chapters: [
        ChapterOrder(at: .seconds(start + 0.5), title: "figure out"),
        ChapterOrder(at: .seconds(start + 2.5), title: "give up"),
      ],
      subtitles: [
        ClipSubtitles(language: "en", title: "Original", isDefault: true, cues: cues),
        ClipSubtitles(
          language: "de", title: "Translation", isDefault: false,
          cues: cues.map { cue in
            var cue = cue
            cue.text = "Zeile \(cue.number)"
            return cue
          }),
      ])
  }

  static func order(_ source: FilePath, _ clips: [ClipOrder]) -> CutOrder {
    CutOrder(
      source: source, audioLanguage: "en", leadInMaximum: .seconds(5), pad: .milliseconds(300),
      clips: clips)
  }

  static func cut(_ order: CutOrder) async throws -> [CutClip] {
    try await TestMedia.client().cut(order) { _ in }
  }

  /// What every good clip has in common.
  static func expectSound(
    _ clip: CutClip, _ probed: ProbedClip, order: ClipOrder, pad: Double = 0.3
  ) throws {
    let video = try #require(probed.streams("video").first)
    let pictures = probed.packets(of: video)
    let first = try #require(pictures.first)
    #expect(abs(first.pts) < 0.002)
    #expect(first.flags.hasPrefix("K"))
    #expect(pictures.allSatisfy { $0.pts > -0.002 })
    // Every packet decodes to a picture: none leans on what is not there.
    #expect(video.nbReadFrames.flatMap(Int.init) == pictures.count)
    if clip.container == "mp4" {
      #expect(zip(pictures, pictures.dropFirst()).allSatisfy { $0.dts < $1.dts })
    }
    let audio = try #require(probed.streams("audio").first)
    let sounds = probed.packets(of: audio)
    #expect(abs(try #require(sounds.first).pts) < 0.03)
    let end = try #require(pictures.map(\.pts).max())
    #expect(clip.sourceStart.seconds + end + 0.09 >= order.end.seconds + pad)
    #expect(clip.sourceStart.seconds + end < order.end.seconds + pad + 0.4)
    // The sound of these sources begins up to 40 ms before their picture.
    let latest = order.start.seconds - pad + (clip.method == .copy ? 0.0001 : 0.04)
    #expect(clip.sourceStart.seconds <= max(0.04, latest))
    #expect(clip.leadIn == max(.zero, order.start - clip.sourceStart))
    #expect(probed.format.tags?["title"] == order.title)
    #expect(probed.chapters.compactMap { $0.tags?["title"] } == order.chapters.map(\.title))
    #expect(probed.chapters.first.flatMap { Double($0.startTime) } == 0)
    #expect(probed.chapters.first?.endTime == probed.chapters.last?.startTime)
  }

  @Test func h264IsCopiedIntoMP4() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(
      options: TestMedia.h264 + ["-metadata:s:a:0", "language=eng"], at: source)
    let out = try folder.folder("out")
    let orders = [
      Self.clip("a", in: out, from: 5.3, to: 11), Self.clip("b", in: out, from: 0, to: 4),
      Self.clip("c", in: out, from: 24.5, to: 29), Self.clip("d", in: out, from: 8.3, to: 12.2),
    ]
    let clips = try await Self.cut(Self.order(source, orders))
    #expect(clips.map(\.id) == ["a", "b", "c", "d"])
    for (clip, order) in zip(clips, orders) {
      #expect(clip.method == .copy, "\(clip.reason ?? "")")
      #expect(clip.failure == nil)
      let name = try #require(clip.fileName)
      #expect(name == "clip \(clip.id).mp4")
      let path = out.appending(name)
      let probed = try ProbedClip(path)
      let isAtStart = order.start == .zero
      try Self.expectSound(clip, probed, order: order, pad: isAtStart ? 0 : 0.3)
      #expect(clip.sourceStart.seconds.truncatingRemainder(dividingBy: 2) < 0.04)
      #expect(clip.leadIn.seconds < 2.31)
      // Neither an edit list nor an index at the end.
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path.string))
      #expect(bytes.range(of: Data("elst".utf8)) == nil)
      let index = try #require(bytes.range(of: Data("moov".utf8)))
      let media = try #require(bytes.range(of: Data("mdat".utf8)))
      #expect(index.lowerBound < media.lowerBound)
      #expect(Int64(bytes.count) == clip.sizeBytes)
      try Self.expectSubtitles(clip, probed, path, until: order.end + .milliseconds(300))
    }
  }

  static func expectSubtitles(
    _ clip: CutClip, _ probed: ProbedClip, _ path: FilePath, until end: MediaTime
  ) throws {
    let tracks = probed.streams("subtitle")
    #expect(tracks.map { $0.tags?["language"] } == ["eng", "deu"])
    #expect(tracks.map { $0.disposition?["default"] } == [1, 0])
    #expect(clip.subtitles.map(\.language) == ["en", "de"])
    let text = try TestMedia.output(
      of: "ffmpeg", ["-v", "error", "-i", path.string, "-map", "0:s:0", "-f", "srt", "-"])
    let wanted = SubtitleWriter.subRip(clip.subtitles[0].cues)
    #expect(Self.bare(text) == Self.bare(wanted))
    let numbers = cues.filter {
      $0.end > clip.sourceStart && $0.start < end
    }.map(\.number)
    #expect(clip.subtitles[0].cues.map(\.cue.number) == numbers)
    for cue in clip.subtitles[0].cues.map(\.cue) {
      #expect(cue.start >= .zero && cue.end <= clip.duration && cue.start < cue.end)
    }
  }

  /// Letters of one to four bytes before and in what is marked, two lines, and a cue that ends in
  /// the next.
  private static let marked: [MarkedCue] = [
    MarkedCue(
      Cue(number: 1, start: .seconds(5.5), end: .seconds(6.5), text: "plain & simple")),
    MarkedCue(
      Cue(
        number: 2, start: .seconds(7), end: .seconds(8),
        text: "d\u{E9}j\u{E0} \u{1F600} \u{AD1C}cha\u{301}r\nup & o\u{301}n"),
      marks: [12..<24, 27..<30]),
    MarkedCue(
      Cue(number: 3, start: .seconds(8.5), end: .seconds(9.5), text: "one two"), marks: [4..<7]),
    MarkedCue(
      Cue(number: 4, start: .seconds(9), end: .seconds(9.5), text: "three"), marks: [0..<5]),
  ]

  @Test(arguments: ["mp4", "matroska"]) func marksAreBold(container: String) async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    let sound = container == "mp4" ? "aac" : "pcm_s16le"
    try TestMedia.source(seconds: 12, options: TestMedia.h264 + ["-c:a", sound], at: source)
    let out = try folder.folder("out")
    var order = Self.clip("a", in: out, from: 5.3, to: 10)
    order.subtitles.append(
      ClipSubtitles(language: "mul", title: "Both", isDefault: false, cues: Self.marked))
    var cutOrder = Self.order(source, [order])
    cutOrder.sound = .copy
    let clip = try #require(try await Self.cut(cutOrder).first)
    #expect(clip.container == container)
    let path = out.appending(try #require(clip.fileName))
    let probed = try ProbedClip(path)
    #expect(probed.streams("subtitle").map { $0.tags?["language"] } == ["eng", "deu", "mul"])
    #expect(probed.streams("subtitle").map { $0.disposition?["default"] } == [1, 0, 0])
    let text = try TestMedia.output(
      of: "ffmpeg",
      ["-v", "error", "-xerror", "-i", path.string, "-map", "0:s:2", "-f", "srt", "-"])
    let lines = text.replacing(/<\/?font[^>]*>/, with: "").split(whereSeparator: \.isNewline)
      .filter { !$0.contains("-->") && Int($0) == nil }
    // In MP4 a style goes over the end of a line, and what is shown together is one sample.
    var wanted = ["plain & simple"]
    if container == "mp4" {
      wanted += ["d\u{E9}j\u{E0} \u{1F600} <b>\u{AD1C}cha\u{301}r", "up</b> & <b>o\u{301}</b>n"]
      wanted += ["one <b>two</b>"]
    } else {
      wanted += ["d\u{E9}j\u{E0} \u{1F600} <b>\u{AD1C}cha\u{301}r</b>"]
      wanted += ["<b>up</b> & <b>o\u{301}</b>n"]
    }
    wanted += ["one <b>two</b>", "<b>three</b>"]
    #expect(lines.map(String.init) == wanted)
    let errors = try TestMedia.errors(
      of: "ffprobe", ["-v", "error", "-show_packets", path.string])
    #expect(errors.isEmpty)
    #expect(SubtitleWriter.subRip(clip.subtitles[2].cues).contains("one <b>two</b>"))
  }

  private static func bare(_ text: String) -> [String] {
    text.replacing(/<[^>]*>/, with: "").split(whereSeparator: \.isNewline).map(String.init)
  }

  @Test func soundStaysWithThePicture() async throws {
    // A flash and a beep at 10.000 s: both must come at the same time in the clip.
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.output(
      of: "ffmpeg",
      [
        "-y", "-loglevel", "error", "-f", "lavfi", "-i", "color=black:s=320x180:r=25:d=20",
        "-f", "lavfi", "-i", "sine=frequency=1000:sample_rate=48000:duration=20", "-vf",
        "drawbox=color=white:t=fill:enable='between(t,9.99,10.2)'", "-af",
        "volume='if(between(t,10,10.2),1,0)':eval=frame:precision=float,asetnsamples=48",
      ] + TestMedia.h264 + [source.string])
    let out = try folder.folder("out")
    let clips = try await Self.cut(
      Self.order(source, [Self.clip("a", in: out, from: 8.7, to: 13)]))
    let clip = try #require(clips.first)
    let path = out.appending(try #require(clip.fileName))
    let wanted = 10 - clip.sourceStart.seconds
    let picture = try TestMedia.output(
      of: "ffprobe",
      [
        "-v", "error", "-f", "lavfi", "-i",
        "movie='\(path.string)',signalstats,"
          + "metadata=select:key=lavfi.signalstats.YAVG:value=128:function=greater",
        "-show_entries", "frame=pts_time", "-of", "csv=p=0",
      ])
    let flash = try #require(picture.split(whereSeparator: { $0.isNewline || $0 == "," }).first)
    #expect(abs(try #require(Double(flash)) - wanted) < 0.045)
    let sound = try TestMedia.output(
      of: "ffprobe",
      [
        "-v", "error", "-f", "lavfi", "-i",
        "amovie='\(path.string)',asetnsamples=240,astats=metadata=1:reset=1,"
          + "ametadata=select:key=lavfi.astats.Overall.Peak_level:value=-30:function=greater",
        "-show_entries", "frame=pts_time", "-of", "csv=p=0",
      ])
    let beep = try #require(sound.split(whereSeparator: { $0.isNewline || $0 == "," }).first)
    #expect(abs(try #require(Double(beep)) - wanted) < 0.045)
  }

  struct Variant: Sendable, CustomTestStringConvertible {
    var name: String
    var encoder: String
    var fileName: String
    var options: [String]
    var container: String
    var video: String
    var tag: String?
    var testDescription: String { name }
  }

  static let variants: [Variant] = [
    Variant(
      name: "MPEG-TS whose clock begins at 1000 s", encoder: "libx264", fileName: "source.ts",
      options: TestMedia.h264 + ["-output_ts_offset", "1000"], container: "mp4", video: "h264"),
    Variant(
      name: "MP4 with an edit list", encoder: "libx264", fileName: "source.mp4",
      options: TestMedia.h264, container: "mp4", video: "h264"),
    Variant(
      name: "fragmented MP4", encoder: "libx264", fileName: "source.mp4",
      options: TestMedia.h264 + ["-movflags", "frag_keyframe+empty_moov"], container: "mp4",
      video: "h264"),
    Variant(
      name: "VP9 and Opus", encoder: "libvpx-vp9", fileName: "source.webm",
      options: [
        "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50", "-b:v",
        "300k", "-c:a", "libopus",
      ], container: "mp4", video: "vp9"),
    Variant(
      name: "HEVC with open groups of pictures", encoder: "libx265", fileName: "source.mkv",
      options: [
        "-c:v", "libx265", "-preset", "ultrafast", "-x265-params",
        "log-level=none:keyint=50:min-keyint=50:open-gop=1:bframes=4:scenecut=0", "-c:a", "aac",
        "-shortest",
      ], container: "mp4", video: "hevc", tag: "hvc1"),
    Variant(
      name: "AC-3 in Matroska", encoder: "libx264", fileName: "source.mkv",
      options: TestMedia.h264 + ["-c:a", "ac3"], container: "mp4", video: "h264"),
    Variant(
      name: "E-AC-3 in MPEG-TS", encoder: "libx264", fileName: "source.ts",
      options: TestMedia.h264 + ["-c:a", "eac3"], container: "mp4", video: "h264"),
    Variant(
      name: "FLAC", encoder: "libx264", fileName: "source.mkv",
      options: TestMedia.h264 + ["-c:a", "flac"], container: "mp4", video: "h264"),
    Variant(
      name: "MP3", encoder: "libx264", fileName: "source.mkv",
      options: TestMedia.h264 + ["-c:a", "mp3"], container: "mp4", video: "h264"),
    Variant(
      name: "MPEG-2 with MP2", encoder: "mpeg2video", fileName: "source.mpg",
      options: [
        "-c:v", "mpeg2video", "-bf", "2", "-g", "25", "-b:v", "1M", "-c:a", "mp2", "-shortest",
      ], container: "matroska", video: "mpeg2video"),
    Variant(
      name: "Vorbis", encoder: "libvorbis", fileName: "source.mkv",
      options: TestMedia.h264 + ["-c:a", "libvorbis"], container: "mp4", video: "h264"),
  ]

  @Test(arguments: variants)
  func copies(_ variant: Variant) async throws {
    guard TestMedia.encoders.contains(" \(variant.encoder) ") else {
      print("skipped: ffmpeg has no \(variant.encoder)")
      return
    }
    let folder = try TemporaryFolder()
    let source = folder.file(variant.fileName)
    try TestMedia.source(seconds: 20, options: variant.options, at: source)
    let out = try folder.folder("out")
    let order = Self.clip("a", in: out, from: 7.1, to: 11)
    let clips = try await Self.cut(Self.order(source, [order]))
    let clip = try #require(clips.first)
    #expect(clip.method == .copy, "\(clip.reason ?? "") \(clip.failure ?? "")")
    let name = try #require(clip.fileName)
    #expect(clip.container == variant.container)
    let probed = try ProbedClip(out.appending(name))
    try Self.expectSound(clip, probed, order: order)
    #expect(probed.streams("video").first?.codecName == variant.video)
    if let tag = variant.tag {
      #expect(probed.streams("video").first?.codecTagString == tag)
    }
    #expect(clip.leadIn < .seconds(2.4))
    try Self.expectSubtitles(
      clip, probed, out.appending(name), until: order.end + .milliseconds(300))
  }

  @Test func distantKeyframesAreEncoded() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(
      seconds: 20,
      options: [
        "-c:v", "libx264", "-preset", "ultrafast", "-g", "1000", "-keyint_min", "1000",
        "-sc_threshold", "0", "-c:a", "aac", "-shortest",
      ], at: source)
    let out = try folder.folder("out")
    let order = Self.clip("a", in: out, from: 12.1, to: 15)
    let clips = try await Self.cut(Self.order(source, [order]))
    let clip = try #require(clips.first)
    #expect(clip.method == .encode)
    #expect(clip.reason == "the nearest keyframe is 12.1 s before the dialogue")
    #expect(clip.failure == nil)
    #expect((0.26...0.3).contains(clip.leadIn.seconds))
    let probed = try ProbedClip(out.appending(try #require(clip.fileName)))
    try Self.expectSound(clip, probed, order: order)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: out.string) == ["clip a.mp4"])
  }

  @Test func withoutTheEncoderTheReasonSaysWhatToInstall() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(
      seconds: 20, options: TestMedia.h264 + ["-g", "500", "-keyint_min", "500"], at: source)
    let out = try folder.folder("out")
    var order = Self.order(source, [Self.clip("a", in: out, from: 12.1, to: 15)])
    order.ffmpegProgram = "no-such-program"
    let clips = try await Self.cut(order)
    #expect(clips.first?.fileName == nil)
    #expect(clips.first?.failure?.contains("install ffmpeg") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: out.string).isEmpty)
  }

  @Test func theAudioTrackIsChosenByLanguage() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(
      seconds: 12,
      options: [
        "-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:v", "libx264", "-preset", "ultrafast",
        "-g", "50", "-c:a:0", "aac", "-c:a:1", "ac3", "-metadata:s:a:0", "language=ger",
        "-metadata:s:a:1", "language=eng", "-disposition:a:0", "default", "-disposition:a:1", "0",
      ], at: source,
      inputs: ["-f", "lavfi", "-i", "sine=frequency=880:sample_rate=48000:duration=12"])
    let out = try folder.folder("out")
    for (language, codec) in [("en", "ac3"), ("de", "aac"), ("ja", "aac")] {
      var order = Self.order(source, [Self.clip(language, in: out, from: 5, to: 8)])
      order.audioLanguage = language
      order.sound = .copy
      let clips = try await Self.cut(order)
      let probed = try ProbedClip(out.appending(try #require(clips.first?.fileName)))
      #expect(probed.streams("audio").map(\.codecName) == [codec])
    }
  }

  @Test func clipsAreToldOfOneByOne() async throws {
    let folder = try TemporaryFolder()
    let source = folder.file("source.mkv")
    try TestMedia.source(seconds: 12, options: TestMedia.h264, at: source)
    let out = try folder.folder("out")
    let (stream, continuation) = AsyncStream.makeStream(of: String.self)
    let clips = try await TestMedia.client().cut(
      Self.order(
        source,
        [
          Self.clip("a", in: out, from: 3, to: 5), Self.clip("b", in: out, from: 90, to: 95),
        ])
    ) { continuation.yield($0.id) }
    continuation.finish()
    var told: [String] = []
    for await id in stream { told.append(id) }
    #expect(told == ["a", "b"])
    #expect(clips[0].failure == nil)
    #expect(clips[1].failure?.contains("outside the video") == true)
  }
}
