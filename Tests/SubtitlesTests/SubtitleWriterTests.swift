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
    #expect(SubtitleWriter.webVTT([]) == "WEBVTT\n\n")
    #expect(SubtitleWriter.subRip([]).isEmpty)
  }

  @Test func whatIsWrittenIsRead() throws {
    let cues = [
      Cue(number: 1, start: .ms(0), end: .ms(900), text: "- \u{201C}Tom & Jerry\u{201D}\n- 5 < 6"),
      Cue(number: 2, start: .ms(900), end: .ms(4_000), text: "42"),
      Cue(number: 3, start: .ms(4_000), end: .ms(5_000), text: "괜찮아?"),
    ]
    #expect(try parsed(SubtitleWriter.webVTT(cues)).cues == cues)
    #expect(try parsed(SubtitleWriter.subRip(cues)).cues == cues)
  }
}
