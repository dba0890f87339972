import Subtitles
import Testing

@Suite struct SubtitleWriterTests {
  private let cues = [
    Cue(number: 4, start: .ms(-3_000), end: .ms(-1_000), text: "Over"),
    Cue(number: 5, start: .ms(-500), end: .ms(1_050), text: "One\n\n two & <three>"),
    Cue(number: 6, start: .ms(2_000), end: .ms(3_000), text: " \n "),
    Cue(number: 7, start: .ms(3_000), end: .ms(3_000), text: "Never shown"),
    Cue(
      number: 8, start: .ms(3_723_004), end: .ms(360_000_999), text: "A --> B ----> C\r\n\u{85}D"),
  ]

  @Test func writesSubRip() {
    #expect(
      SubtitleWriter.subRip(cues) == """
        1
        00:00:00,000 --> 00:00:01,050
        One
         two & <three>

        2
        01:02:03,004 --> 100:00:00,999
        A → B --→ C
        D


        """)
  }

  @Test func writesWebVTT() {
    #expect(
      SubtitleWriter.webVTT(cues) == """
        WEBVTT

        00:00:00.000 --> 00:00:01.050
        One
         two &amp; &lt;three&gt;

        01:02:03.004 --> 100:00:00.999
        A → B --→ C
        D


        """)
    #expect(SubtitleWriter.webVTT([Cue]()) == "WEBVTT\n\n")
    #expect(SubtitleWriter.subRip([Cue]()).isEmpty)
  }

  @Test func whatIsWrittenIsRead() throws {
    let cues = [
      Cue(number: 1, start: .ms(0), end: .ms(900), text: "\u{201C}Tom & Jerry\u{201D}"),
      Cue(number: 2, start: .ms(0), end: .ms(900), text: "5 < 6"),
      Cue(number: 3, start: .ms(900), end: .ms(4_000), text: "42"),
      Cue(number: 4, start: .ms(4_000), end: .ms(5_000), text: "괜찮아?"),
    ]
    #expect(try parsed(SubtitleWriter.webVTT(cues)).cues == cues)
    #expect(try parsed(SubtitleWriter.subRip(cues)).cues == cues)
  }

  private func marked(_ text: String, _ marks: [Range<Int>]) -> [MarkedCue] {
    [MarkedCue(Cue(number: 1, start: .ms(0), end: .ms(1_000), text: text), marks: marks)]
  }

  private func webVTT(_ text: String, _ marks: [Range<Int>]) -> String {
    let lines = SubtitleWriter.webVTT(marked(text, marks)).split(separator: "\n")
    return lines.dropFirst(2).joined(separator: "\n")
  }

  @Test func marksAreBold() {
    #expect(webVTT("figure it out", [0..<6, 10..<13]) == "<b>figure</b> it <b>out</b>")
    #expect(webVTT("a < b & c", [2..<5]) == "a <b>&lt; b</b> &amp; c")
    #expect(webVTT("plain", []) == "plain")
    #expect(
      SubtitleWriter.subRip(marked("give up", [5..<7]))
        == "1\n00:00:00,000 --> 00:00:01,000\ngive <b>up</b>\n\n")
  }

  @Test func marksEndWithTheirLine() {
    #expect(webVTT("go\nout now", [0..<6]) == "<b>go</b>\n<b>out</b> now")
    #expect(webVTT("go\n \n out", [0..<9]) == "<b>go</b>\n<b> out</b>")
    #expect(webVTT("a --> b", [0..<7]) == "<b>a \u{2192} b</b>")
  }

  @Test func marksAreWidenedClampedAndJoined() {
    #expect(webVTT("caf\u{E9}s", [1..<4]) == "c<b>af\u{E9}</b>s")
    #expect(webVTT("cafe\u{301}s", [4..<5]) == "caf<b>e\u{301}</b>s")
    #expect(webVTT("abc", [-5..<1, 2..<99]) == "<b>a</b>b<b>c</b>")
    #expect(webVTT("abcdef", [3..<5, 0..<2, 1..<3, 4..<4]) == "<b>abcde</b>f")
    #expect(webVTT("abc", [7..<9, -3..<0, 1..<1]) == "abc")
  }

  @Test func markupInTheTextStaysText() throws {
    let text = "</b> a <i>x</i> <3 <Bold> & <three>"
    let cues = marked(text, [0..<text.utf8.count])
    #expect(
      SubtitleWriter.subRipText(text, marks: cues[0].marks)
        == "<b>\u{2039}/b> a \u{2039}i>x\u{2039}/i> <3 <Bold> & <three></b>")
    let read = try parsed(SubtitleWriter.webVTT(cues), "vtt").cues
    #expect(read.map(\.text) == [text])
  }

  @Test func anyMarksAreWrittenWell() throws {
    var random = SplitMix(state: 11)
    let alphabet = ["a", "\u{E9}", "e\u{301}", "\u{1F1E9}\u{1F1EA}", "\n", " ", "&", "\u{AD1C}"]
    for _ in 0..<300 {
      let text = (0..<12).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
      let marks = (0..<3).map { _ in
        let start = Int.random(in: -3...40, using: &random)
        return start..<start + .random(in: 0...9, using: &random)
      }
      let plain = SubtitleWriter.webVTT(marked(text, []))
      let bold = SubtitleWriter.webVTT(marked(text, marks))
      #expect(bold.replacing("<b>", with: "").replacing("</b>", with: "") == plain)
      for line in bold.split(separator: "\n") {
        let tags = line.matches(of: /<\/?b>/).map { String($0.output) }
        #expect(tags == tags.indices.map { $0 % 2 == 0 ? "<b>" : "</b>" })
        #expect(!line.contains("<b></b>") && !line.contains("</b><b>"))
      }
    }
  }
}
