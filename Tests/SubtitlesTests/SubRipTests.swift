import Subtitles
import Testing

@Suite struct SubRipTests {
  @Test func readsAnOrdinaryFile() throws {
    let file = try parsed(
      """
      1
      00:00:01,000 --> 00:00:02,500
      Give it a shot.

      2
      01:02:03,004 --> 01:02:05,600
      - What for?
      - For fun.

      """)
    #expect(file.format == .subRip)
    #expect(file.charset.name == "UTF-8")
    #expect(file.leftOut.damaged == 0)
    #expect(file.cues.map(\.number) == [1, 2, 3])
    #expect(
      file.cues.map(\.span) == [
        [1_000, 2_500], [3_723_004, 3_725_600], [3_723_004, 3_725_600],
      ])
    #expect(file.cues.map(\.text) == ["Give it a shot.", "What for?", "For fun."])
  }

  @Test(arguments: ["\n", "\r\n", "\r", "\r\r\n"])
  func acceptsAnyLineEnd(_ end: String) throws {
    let lines = [
      "1", "00:00:01,000 --> 00:00:02,000", "One", "line", "", "2",
      "00:00:03,000 --> 00:00:04,000", "Two",
    ]
    let file = try parsed(lines.joined(separator: end))
    #expect(file.cues.map(\.text) == ["One\nline", "Two"])
  }

  @Test(
    arguments: [
      ("00:00:01,000 --> 00:00:02,000", [1_000, 2_000]),
      ("00:00:01.000 --> 00:00:02.000", [1_000, 2_000]),
      ("00:00:01,5 --> 00:00:02,05", [1_500, 2_050]),
      ("00:01,250 --> 00:02,000", [1_250, 2_000]),
      ("0:0:1 --> 0:0:2", [1_000, 2_000]),
      ("00:00:01:500 --> 00:00:02:000", [1_500, 2_000]),
      ("00:00:01,000-->00:00:02,000", [1_000, 2_000]),
      ("00:00:01,000 -> 00:00:02,000", [1_000, 2_000]),
      ("  00:00:01,000   -->  00:00:02,000  X1:40 X2:600 Y1:20 Y2:50", [1_000, 2_000]),
      ("00:00:01, 000 --> 00:00:02, 000", [1_000, 2_000]),
      ("00:00:01,0004 --> 00:00:02,000999", [1_000, 2_000]),
      ("100:00:00,000 --> 100:00:01,000", [360_000_000, 360_001_000]),
    ] as [(String, [Int64])])
  func readsVariantsOfTimes(_ line: String, _ span: [Int64]) throws {
    let file = try parsed("1\n\(line)\nHello.\n")
    #expect(file.cues.map(\.span) == [span])
    #expect(file.leftOut.damaged == 0)
  }

  @Test(arguments: [
    "00:00:01,000 --> 00:00:01,000", "00:00:02,000 --> 00:00:01,000",
    "-00:00:02,000 --> 00:00:01,000", "00:00:01,000 --> 00:0x:02,000", "00:00:01,000 -->",
    "--> 00:00:02,000", "99999999:00:00,000 --> 99999999:00:01,000",
    "20000:00:00,000 --> 20000:00:01,000",
  ])
  func countsEntriesWithUnusableTimes(_ line: String) throws {
    let file = try parsed(
      "1\n00:00:00,100 --> 00:00:00,900\nGood.\n\n2\n\(line)\nBad.\n\n"
        + "3\n00:00:03,000 --> 00:00:04,000\nGood too.\n")
    #expect(file.cues.map(\.text) == ["Good.", "Good too."])
    #expect(file.leftOut.damaged == 1)
  }

  @Test func toleratesMissingAndRepeatedIndices() throws {
    let file = try parsed(
      """
      00:00:01,000 --> 00:00:02,000
      None

      7
      7
      00:00:03,000 --> 00:00:04,000
      Twice
      8
      00:00:05,000 --> 00:00:06,000
      No blank line
      9

      00:00:07,000 --> 00:00:08,000
      A blank line after it
      """)
    #expect(file.cues.map(\.text) == ["None", "Twice", "No blank line", "A blank line after it"])
    #expect(file.leftOut.damaged == 0)
  }

  @Test func keepsNumbersThatAreSaid() throws {
    let file = try parsed(
      """
      1
      00:00:01,000 --> 00:00:02,000
      How many?

      2
      00:00:03,000 --> 00:00:04,000
      42

      3
      00:00:05,000 --> 00:00:06,000
      911

      00:00:07,000 --> 00:00:08,000
      What?
      """)
    #expect(file.cues.map(\.text) == ["How many?", "42", "911", "What?"])
  }

  @Test func toleratesBlankLinesInsideAText() throws {
    let file = try parsed(
      "1\n00:00:01,000 --> 00:00:02,000\n\nFirst\n\n\nsecond\n\n2\n00:00:03,000 --> 00:00:04,000\nx"
    )
    #expect(file.cues.map(\.text) == ["First\nsecond", "x"])
  }

  @Test func skipsAnEntryWithoutATime() throws {
    let file = try parsed(
      """
      1
      00:00:01,000 --> 00:00:02,000
      First

      2
      Lost

      3
      00:00:03,000 --> 00:00:04,000
      Third

      4
      """)
    #expect(file.cues.map(\.text) == ["First", "Third"])
    #expect(file.leftOut.damaged == 2)
  }

  @Test func removesMarkup() throws {
    let file = try parsed(
      """
      1
      00:00:01,000 --> 00:00:02,000
      {\\an8}<i>Tom &amp; Jerry</i> said <font color="#ff0000">&quot;hi&quot;</font>.

      2
      00:00:03,000 --> 00:00:04,000
      I <3 you &lt;so&gt; much&nbsp;&#39;n&#x2019; {all} 2 < 3 & 5 > 4<br/>Bye.

      3
      00:00:05,000 --> 00:00:06,000
      {y:i}It's\\hin a \\Nfile <unclosed
      """)
    #expect(
      file.cues.map(\.text) == [
        "Tom & Jerry said \"hi\".",
        "I <3 you <so> much\u{A0}'n\u{2019} {all} 2 < 3 & 5 > 4\nBye.",
        "It's in a\nfile <unclosed",
      ])
  }

  @Test func keepsAnArrowThatIsSaid() throws {
    let file = try parsed("1\n00:00:01,000 --> 00:00:02,000\nA --> B\n")
    #expect(file.cues.map(\.text) == ["A --> B"])
  }

  @Test func skipsATextThatIsTooLong() throws {
    let long = String(repeating: "blah ", count: 10_000)
    let file = try parsed(
      "1\n00:00:01,000 --> 00:00:02,000\n\(long)\n\n2\n00:00:03,000 --> 00:00:04,000\nx")
    #expect(file.cues.map(\.text) == ["x"])
    #expect(file.leftOut.damaged == 1)
  }
}
