import Subtitles

/// Times large files of shapes that readers stumble over: what they do to an eighth of the size, they may do to the whole
/// about eight times as long.
enum ShapesCommand {
  private struct Timing: Encodable {
    var shape: String
    var eighthSeconds: Double
    var seconds: Double
    var outcome: String
  }

  /// Repeated to the size, behind a head.
  private static let shapes: [(name: String, head: String, piece: String)] = {
    let time = "00:00:00,000 --> 00:00:01,000\n"
    let event = "[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,,,,,,,"
    let pieces = [
      "a", " ", "\n", "\r", "-->", "-->\n", "<", "<i>", "</i>", "<a", "<v A>", "{", "{\\", "{}",
      "{\\p1}", "[", "(", "([", "(a ", "[]", "&", "&#", "&amp;", "-", "- ", "- a. ", "♪\n", "#\n",
      "# a\n", "1\n", "1\n\n", "A:\n", "A: b\n", "www.\n", "y", "by ", "subtitles b", "\u{FEFF}",
      "a\u{301}", "\u{3000}", "안", "\\N", "<sync start=1>", "<!--", "{1}{2}a\n", "NOTE\n\n",
    ]
    var all: [(String, String, String)] = []
    for piece in pieces {
      let name = String(describing: piece.debugDescription.dropFirst().dropLast())
      all.append(("\(name) alone", "", piece))
      all.append(("\(name) in SubRip", time, piece))
      all.append(("\(name) in WebVTT", "WEBVTT\n\n" + time, piece))
      all.append(("\(name) in ASS", event, piece))
      all.append(("\(name) in SAMI", "<SAMI>\n<SYNC Start=1>", piece))
    }
    let long = String(repeating: "x", count: 15_000)
    all += [
      ("times alone", "", time),
      ("entries", "", "1\n\(time)Hi\n\n"),
      ("long entries", "", "1\n\(time)\(long)\n\n"),
      ("entries of nested tags", "", "1\n\(time)\(String(repeating: "<i>", count: 5_000))x\n\n"),
      ("entries of brackets", "", "1\n\(time)\(String(repeating: "([", count: 7_000))x\n\n"),
      ("entries of dashes", "", "1\n\(time)\(String(repeating: "- a. ", count: 3_000))x\n\n"),
      ("styles", "[Events]\n", "Dialogue: 0,0:00:00.00,0:00:01.00,a*b?,n,,,,,Hi\n"),
      ("the same event", "[Events]\n", "Dialogue: 0,0:00:00.00,0:00:01.00,,,,,,,Hi\n"),
      ("formats", "[Events]\n", "Format: \(String(repeating: ",", count: 1_000))\n"),
    ]
    return all
  }()

  static func run(mebibytes: Int) throws {
    for shape in shapes {
      let (small, _) = time(shape, byteCount: mebibytes << 17)
      let (whole, outcome) = time(shape, byteCount: mebibytes << 20)
      try Benchmark.printLine(
        Timing(shape: shape.name, eighthSeconds: small, seconds: whole, outcome: outcome))
    }
  }

  private static func time(
    _ shape: (name: String, head: String, piece: String), byteCount: Int
  ) -> (seconds: Double, outcome: String) {
    let piece = Array(shape.piece.utf8)
    var bytes = Array(shape.head.utf8)
    bytes.reserveCapacity(byteCount + piece.count)
    while bytes.count < byteCount { bytes += piece }
    let start = Benchmark.processorSeconds()
    var outcome: String
    do {
      outcome = "\(try SubtitleParser.parse(bytes, .init(byteLimit: .max)).cues.count) cues"
    } catch {
      outcome = error.code.rawValue
    }
    return (Benchmark.processorSeconds() - start, outcome)
  }
}
