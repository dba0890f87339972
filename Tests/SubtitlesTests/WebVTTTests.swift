import Subtitles
import Testing

@Suite struct WebVTTTests {
  @Test(arguments: [
    ("<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>!", "漢字!"), ("<rt>Hee!</rt>", "Hee!"),
    ("&copy; caf&eacute; &hellip; &bogus; &#xA9;&#65;", "© café … &bogus; ©A"),
  ])
  func readsRubyAndEntities(_ text: String, _ shown: String) throws {
    let file = try parsed("WEBVTT\n\n00:00.000 --> 00:01.000\n\(text)\n", "vtt")
    #expect(file.cues.map(\.text) == [shown])
  }

  @Test func readsCuesAndNothingElse() throws {
    let file = try parsed(
      """
      WEBVTT - made by hand
      Kind: captions

      NOTE
      This is no cue:
      00:00:00.000 --> 00:00:01.000

      STYLE
      ::cue { color: red }

      REGION
      id:left

      intro
      00:01.000 --> 00:02.500 align:start position:10%
      <v.loud Mary Ann>Knock it <i.x>off</i>, &amp; go!</v>

      100:00:00.000 --> 100:00:01.000
      <c.yellow>One</c> <00:00:03.500>two
      <ruby>漢<rt>kan</rt></ruby>

      """, "srt")
    #expect(file.format == .webVTT)
    #expect(file.cues.map(\.text) == ["Knock it off, & go!", "One two\n漢"])
    #expect(file.cues.map(\.speaker) == ["Mary Ann", nil])
    #expect(file.cues.map(\.span) == [[1_000, 2_500], [360_000_000, 360_001_000]])
    #expect(file.leftOut.damaged == 0)
  }

  @Test func namesNobodyWhereTwoSpeak() throws {
    let file = try parsed("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Hi.</v>\n<v B>Hey.</v>\n")
    #expect(file.cues.map(\.text) == ["Hi.\nHey."])
    #expect(file.cues.map(\.speaker) == [nil])
  }

  @Test func countsWhatItCannotRead() throws {
    let file = try parsed(
      """
      WEBVTT

      00:01.000 --> 00:xx
      Bad

      00:03.000 --> 00:02.000
      Backwards

      00:04.000 --> 00:05.000
      Good
      00:06.000 --> 00:07.000
      No blank line
      """)
    #expect(file.cues.map(\.text) == ["Good", "No blank line"])
    #expect(file.leftOut.damaged == 2)
  }

  @Test func needsNoBlankLineBeforeATime() throws {
    let file = try parsed(
      """
      WEBVTT
      00:01.000 --> 00:02.000
      Right after the header
      -->
      00:03.000 --> 00:04.000
      Right after a broken one

      NOTE
      00:05.000 --> 00:06.000
      Never shown
      """)
    #expect(file.cues.map(\.text) == ["Right after the header", "Right after a broken one"])
    #expect(file.leftOut.damaged == 1)
  }

  @Test func theExtensionDecidesWithoutAHeader() throws {
    let text = "00:01.000 --> 00:02.000\nHello\n"
    #expect(try parsed(text, "vtt").format == .webVTT)
    #expect(try parsed(text, "VTT").format == .webVTT)
    #expect(try parsed(text, nil).format == .subRip)
  }

  @Test func previewPicturesAreNoSubtitles() {
    let text = "WEBVTT\n\n00:00.000 --> 00:05.000\nsprite.jpg#xywh=0,0,160,90\n"
    let error = #expect(throws: SubtitleError.self) { try parsed(text, "vtt") }
    #expect(error?.code == .noCues)
  }
}
