import Subtitles
import Testing

/// Whatever the bytes are, they parse or throw, soon.
@Suite struct HostileInputTests {
  private static let fixtures = [
    "1\n00:00:01,000 --> 00:00:02,500\n<i>JOHN:</i> {\\an8}Tom &amp; [sighs] 안녕\n\n2\n"
      + "00:00:03,000 --> 00:00:04,000\n♪ La ♪\n- (HEY) Ça va?\n",
    "\u{FEFF}WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000 line:0\n<v Ann>Hi <c.x>you</c>\n\n"
      + "STYLE\n::cue{}\n\n00:03.000 --> 00:04.000\n<ruby>漢<rt>k</rt></ruby>\n",
    "[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, "
      + "Effect, Text\nDialogue: 0,0:00:01.00,0:00:02.00,D,Rei,0,0,0,,{\\p1}m 0{\\p0}Yes,\\Nno\n",
  ]

  /// Cues that are in order, or an error with a message.
  private func check(_ bytes: [UInt8]) {
    do {
      let file = try SubtitleParser.parse(bytes, .init(fileExtension: "srt"))
      #expect(!file.cues.isEmpty)
      #expect(file.cues.map(\.number) == Array(1...max(1, file.cues.count)))
      #expect(file.cues.allSatisfy { $0.start >= .zero && $0.end > $0.start && !$0.text.isEmpty })
      _ = SubtitleWriter.subRip(file.cues)
      _ = SubtitleWriter.webVTT(file.cues)
    } catch {
      #expect(!error.message.isEmpty)
    }
  }

  @Test(arguments: fixtures) func survivesEveryPrefix(_ fixture: String) {
    let bytes = Array(fixture.utf8)
    for count in 0...bytes.count { check(Array(bytes.prefix(count))) }
    let wide = fixture.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for count in 0...wide.count { check([0xFF, 0xFE] + wide.prefix(count)) }
  }

  @Test(arguments: fixtures) func survivesDamage(_ fixture: String) {
    var random = SplitMix(state: UInt64(fixture.utf8.count))
    for _ in 0..<400 {
      var bytes = Array(fixture.utf8)
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = .random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        default:
          let piece = bytes[index...].prefix(Int.random(in: 1...40, using: &random))
          bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &random))
        }
      }
      check(bytes)
    }
  }

  @Test func survivesRandomBytes() {
    var random = SplitMix(state: 1)
    let telling = Array("0123456789:,.-> \n\r{}\\[]()<>&;♪#WEBVTTDialogue:".utf8)
    for round in 0..<600 {
      let count = Int.random(in: 0...600, using: &random)
      check(
        (0..<count).map { _ in
          round.isMultiple(of: 2)
            ? .random(in: 0...255, using: &random)
            : telling[Int.random(in: 0..<telling.count, using: &random)]
        })
    }
  }

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      "<", "<a", "{", "{\\", "{}", "[", "(", "([", "(a ", "[]", "&", "&#", "\r", "\n", " ", "-",
      "-->", "--", "♪\n", "#\n", "# a\n", "1\n", "1\n\n", "00:00:00,000 --> 00:00:01,000\n",
      "1\n00:00:00,000 --> 00:00:01,000\nHi\n\n", "a\u{301}", "\u{1F1E6}", "[A]\n", "A:\n", "<v A>",
      "Dialogue: 0,0:00:00.00,0:00:01.00,,,,,,,Hi\n", ",", "Format: ", "NOTE\n\n", "www.",
      "\u{FEFF}",
    ])
  func takesLinearTime(_ piece: String) {
    let body = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let small = String(repeating: piece, count: 15_000 / piece.utf8.count)
    let start = "00:00:00,000 --> 00:00:01,000\n"
    let event = "[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,,,,,,,"
    check(Array(body.utf8))
    // Just below the limit of a text, many times over.
    let cues = String(repeating: "\(start)\(small)\n\n", count: 4)
    for text in [start + body, "WEBVTT\n\n" + start + body, event + body, cues, event + small] {
      check(Array(text.utf8))
    }
  }
}
