import Foundation
import Subtitles
import Testing

/// What is written is read back equal: by our readers, and by FFmpeg.
@Suite struct RoundTripTests {
  private let source = [
    MarkedCue(
      Cue(number: 1, start: .ms(1_000), end: .ms(2_500), text: "Figure it out,\nwill you?"),
      marks: [0..<6, 10..<13]),
    MarkedCue(
      Cue(number: 2, start: .ms(3_000), end: .ms(4_000), text: "5 < 6 & \u{201C}so\u{201D}")),
    MarkedCue(Cue(number: 3, start: .ms(4_000), end: .ms(5_000), text: "42")),
    MarkedCue(Cue(number: 4, start: .ms(3_600_000), end: .ms(3_601_230), text: "Who is it?")),
    MarkedCue(Cue(number: 5, start: .ms(3_600_000), end: .ms(3_601_230), text: "Me.")),
  ]
  private let translation = [
    Cue(number: 1, start: .ms(1_200), end: .ms(2_700), text: "알아내 봐"),
    Cue(number: 2, start: .ms(3_000), end: .ms(4_000), text: "5는 6보다 작아"),
  ]

  private var written: [(format: String, text: String, cues: [Cue])] {
    let bilingual = BilingualTrack.cues(
      source: source.map(\.cue), other: translation, marks: [1: source[0].marks])
    return [
      ("srt", SubtitleWriter.subRip(source), source.map(\.cue)),
      ("vtt", SubtitleWriter.webVTT(source), source.map(\.cue)),
      ("srt", SubtitleWriter.subRip(bilingual), separated(bilingual)),
      ("vtt", SubtitleWriter.webVTT(bilingual), separated(bilingual)),
      (
        "ass", SubtitleWriter.ass(source, translation: translation),
        source.map(\.cue) + translation
      ),
    ]
  }

  /// Two speakers' entries are read as two cues.
  private func separated(_ entries: [MarkedCue]) -> [Cue] {
    entries.map(\.cue).flatMap { cue -> [Cue] in
      guard cue.text.hasPrefix("- ") else { return [cue] }
      return cue.text.split(separator: "\n").map { line in
        var one = cue
        one.text = String(line.dropFirst(2))
        return one
      }
    }
  }

  private func shown(_ cues: [Cue]) -> [String] { cues.map { "\($0.span) \($0.text)" } }

  @Test func byOurReaders() throws {
    for (format, text, cues) in written {
      let read = try parsed(text, format)
      #expect(read.format.rawValue == format)
      #expect(shown(read.cues) == shown(cues), "\(format)")
      #expect(read.leftOut.damaged == 0)
    }
  }

  @Test(.enabled(if: FFmpeg.path != nil, "needs ffmpeg in PATH"), .timeLimit(.minutes(5)))
  func byFFmpeg() throws {
    for (format, text, cues) in written {
      let read = try parsed(try FFmpeg.subRip(of: text, format), "srt")
      // FFmpeg puts entries into the order of time.
      #expect(shown(read.cues).sorted() == shown(cues).sorted(), "\(format)")
    }
  }

  @Test func anyTextIsWrittenAsASS() throws {
    let texts = [
      "{\\b1}x", "a\\Nb", "<i>x</i>", "m 0 0 {\\p1}", "x,y,,z", "[Events]", "Comment: 0",
    ]
    let cues = texts.enumerated().map { index, text in
      MarkedCue(
        Cue(
          number: index + 1, start: .ms(Int64(index) * 1_000), end: .ms(Int64(index) * 1_000 + 500),
          text: text))
    }
    let read = try parsed(SubtitleWriter.ass(cues, translation: []), "ass").cues
    #expect(
      read.map(\.text) == [
        "\u{FF5B}\u{FF3C}b1\u{FF5D}x", "a\u{FF3C}Nb", "\u{2039}i>x\u{2039}/i>",
        "m 0 0 \u{FF5B}\u{FF3C}p1\u{FF5D}", "x,y,,z", "Comment: 0",
      ])
  }
}

/// The program of that name, which the demo and the tests of clips need too.
private enum FFmpeg {
  static let path: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return folders.split(separator: ":").map { "\($0)/ffmpeg" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// What FFmpeg reads of a file, written by it as SubRip.
  static func subRip(of text: String, _ format: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("langflix-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let input = folder.appendingPathComponent("in.\(format)")
    let output = folder.appendingPathComponent("out.srt")
    try Data(text.utf8).write(to: input)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "/usr/bin/ffmpeg")
    process.arguments = ["-v", "error", "-nostdin", "-i", input.path, output.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: try Data(contentsOf: output), as: UTF8.self)
  }
}
