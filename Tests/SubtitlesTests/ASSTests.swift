import Subtitles
import Testing

@Suite struct ASSTests {
  private let usual = """
    [Script Info]
    ScriptType: v4.00+

    [V4+ Styles]
    Format: Name, Fontname
    Style: Default,Arial

    [Events]
    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text

    """

  @Test func readsDialogue() throws {
    let file = try parsed(
      usual + """
        Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,Not shown
        Dialogue: 0,0:00:01.50,0:00:03.00,Default,Asuka,0,0,0,,{\\i1}Well,{\\i0} well,\\Nwell.
        Dialogue: 0,0:00:04.00,0:00:05.00,Sign,NTP,0,0,0,,{\\p1}m 0 0 l 100 0{\\p0}
        Dialogue: 0,0:00:06.00,0:00:07.00,Default,,0,0,0,,{\\p1}m 0 0{\\p0}{note}It's\\hfine \
        &amp; <b>dandy</b>{\\pos(1,2)}
        Dialogue: 0,0:00:08.00,0:00:08.00,Default,,0,0,0,,Never shown
        Dialogue: 0,0:00:xx,0:00:09.00,Default,,0,0,0,,No time
        Dialogue: 0,0:00:08.00
        """, "txt")
    #expect(file.format == .ass)
    #expect(file.cues.map(\.text) == ["Well, well,\nwell.", "It's fine &amp; dandy"])
    #expect(file.cues.map(\.speaker) == ["Asuka", nil])
    #expect(file.cues.map(\.span) == [[1_500, 3_000], [6_000, 7_000]])
    #expect(file.leftOut.damaged == 3)
  }

  @Test func followsTheFormatLine() throws {
    let file = try parsed(
      """
      [Events]
      Format: Start, End, Actor, Style, Text
      Dialogue: 0:00:01.00,0:00:02.00,Rei,Default,Yes, really.
      """, "ass")
    #expect(file.cues.map(\.text) == ["Yes, really."])
    #expect(file.cues.map(\.speaker) == ["Rei"])
  }

  @Test func readsSSAInAnyOrderOfFields() throws {
    let file = try parsed(
      """
      [Script Info]
      ScriptType: v4.00
      [Fonts]
      fontname: a.ttf
      Dialogue: 0,0:00:00.00,0:00:01.00,a,b,0,0,0,,Not here
      [Events]
      Format: Marked, Text, Start, End
      Dialogue: Marked=0,Right,0:00:01.00,0:00:02.00
      """, "ssa")
    #expect(file.cues.map(\.text) == ["Right"])
  }

  @Test func joinsWhatTypesettingRepeats() throws {
    let file = try parsed(
      usual + """
        Dialogue: 1,0:00:01.00,0:00:01.04,Place,,0,0,0,,{\\pos(1,1)}Tokyo Station
        Dialogue: 0,0:00:01.00,0:00:01.04,Place,,0,0,0,,{\\pos(1,1)\\blur3}Tokyo Station
        Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,We're here.
        Dialogue: 0,0:00:01.04,0:00:01.08,Place,,0,0,0,,{\\pos(2,1)}Tokyo Station
        Dialogue: 0,0:00:09.00,0:00:10.00,Place,,0,0,0,,Tokyo Station
        """)
    #expect(file.cues.map(\.text) == ["Tokyo Station", "We're here.", "Tokyo Station"])
    #expect(file.cues.map(\.span) == [[1_000, 1_080], [1_000, 2_000], [9_000, 10_000]])
    #expect(file.cues.map(\.number) == [1, 2, 3])
  }

  @Test func signsAndSongsAreToldByTheirStyles() throws {
    let text =
      usual + """
        Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,Translator: me
        Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,We're here.
        Dialogue: 0,0:00:02.00,0:00:03.00,Signs,,0,0,0,,Tokyo
        Dialogue: 0,0:00:03.00,0:00:04.00,OP-Romaji,,0,0,0,,ka{\\k10}ra{\\k20}oke
        Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,karaoke,la
        Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 10{\\p0}
        Dialogue: 0,0:00:06.00,0:00:07.00,Thoughts,,0,0,0,,{\\k10}Ka{\\k20}ra{\\kf5}oke!
        Dialogue: 0,0:00:07.00,0:00:08.00,*Default,,0,0,0,,Good.
        """
    let file = try parsed(text)
    #expect(file.cues.map(\.text) == ["We're here.", "Karaoke!", "Good."])
    #expect(file.leftOut.counts == [.comment: 1, .sign: 3, .drawing: 1])
    let own = StyleRules(leftOut: StyleRules.usual + ["Thou*"], dialogue: ["sign?"])
    let other = try SubtitleParser.parse(Array(text.utf8), .init(styles: own))
    #expect(other.cues.map(\.text) == ["We're here.", "Tokyo", "Good."])
  }

  @Test func aPatternsQuestionMarkStandsForOneLetterOfAnyScript() throws {
    let text =
      usual + """
        Dialogue: 0,0:00:01.00,0:00:02.00,노래가,,0,0,0,,La la.
        Dialogue: 0,0:00:03.00,0:00:04.00,노래,,0,0,0,,We're here.
        """
    let rules = StyleRules(leftOut: ["노래?"])
    let file = try SubtitleParser.parse(Array(text.utf8), .init(styles: rules))
    #expect(file.cues.map(\.text) == ["We're here."])
  }

  @Test func whereAllStylesAreLeftOutNoneIs() throws {
    let file = try parsed(
      usual + """
        Dialogue: 0,0:00:01.00,0:00:02.00,Title,,0,0,0,,We're here.
        Dialogue: 0,0:00:02.00,0:00:03.00,Title,,0,0,0,,At last.
        """)
    #expect(file.cues.map(\.text) == ["We're here.", "At last."])
    #expect(file.leftOut[.sign] == 0)
  }

  @Test func aNoteInBracketsMakesNoASS() throws {
    let file = try parsed("1\n00:00:01,000 --> 00:00:02,000\n[Events]\nBegin.\n", "ass")
    #expect(file.format == .subRip)
  }
}
