import Foundation
import Subtitles
import Testing

@Suite struct SAMITests {
  private let both = """
    <SAMI>
    <HEAD>
    <TITLE>A film</TITLE>
    <STYLE TYPE="text/css">
    <!--
    P { margin-left: 8pt; }
    .KRCC { Name: Korean; lang: ko-KR; SAMIType: CC; }
    .LOCAL { Name: English; lang: en-US; SAMIType: CC; }
    -->
    </STYLE>
    </HEAD>
    <BODY>
    <!-- nothing to see -->
    <SYNC Start=1000><P Class=KRCC>늦었어.<br>
    오늘은 그만할까?
    <SYNC Start=1100><P Class='LOCAL'>It is <i>late</i>.</P></SYNC>
    <sync start = "3000" ><p class=krcc>&nbsp;
    <SYNC START=3500><P CLASS="LOCAL">&nbsp</P>
    <SYNC Start=5000><P Class=KRCC>그래.<P Class=LOCAL>Okay &amp; good<BR>night.
    <SYNC Start=oops><P Class=KRCC>없음
    </BODY>
    </SAMI>
    """

  @Test func aFileInTwoLanguagesIsTwoTracks() throws {
    let file = try parsed(both, "smi")
    #expect(file.format == .sami)
    #expect(file.tracks.map(\.name) == ["KRCC", "LOCAL"])
    #expect(file.tracks.map(\.language) == ["ko", "en"])
    #expect(file.tracks[0].cues.map(\.text) == ["늦었어.\n오늘은 그만할까?", "그래."])
    #expect(file.tracks[1].cues.map(\.text) == ["It is late.", "Okay & good\nnight."])
    #expect(file.tracks[0].cues.map(\.start) == [.seconds(1), .seconds(5)])
    #expect(file.tracks[0].cues[0].end == .seconds(3))
    #expect(file.tracks[1].cues[0].end == .seconds(3.5))
    #expect(file.tracks[0].cues[1].end == .seconds(15), "nothing ends it")
    #expect(file.leftOut[.unusableTime] == 1)
    #expect(file.leftOut[.empty] == 0)
  }

  @Test func itIsKnownByItsContentWhateverItsName() throws {
    #expect(try parsed(both, "srt").format == .sami)
    #expect(try parsed("1\n00:00:01,000 --> 00:00:02,000\nHi.\n", "smi").format == .subRip)
  }

  @Test(arguments: [
    "<SYNC Start=1000>Hello there.\n<SYNC Start=2000>&nbsp;",
    "<sync start=1000><p>Hello there.\n<sync start=2000><p>&nbsp;",
    "<SAMI><BODY><SYNC Start=1000 End=2000><P Class=ENCC>Hello there.</BODY></SAMI>",
    "<SAMI><SYNC Start='1000'><P Class=ENCC ID=Source><font color=\"#ff0\">Hello\nthere.</font></P></SYNC><SYNC Start=2000><P Class=ENCC></P>",
    "<SYNC Start=2000><P Class=ENCC>&nbsp;<SYNC Start=1000><P Class=ENCC>Hello there.",
    "<SYNC Start=1000<P Class=ENCC>Hello there.<SYNC Start=2000><P Class=ENCC>&nbsp;",
  ])
  func brokenFilesAreRead(text: String) throws {
    let file = try parsed(text, "smi")
    #expect(file.cues.map(\.text) == ["Hello there."])
    #expect(file.cues.map(\.start) == [.seconds(1)])
    #expect(file.cues.map(\.end) == [.seconds(2)])
    #expect(file.tracks[0].language ?? "en" == "en")
  }

  /// Every shape takes time in proportion to its length: the slowest of these would else take minutes.
  @Test(arguments: [
    "<!--", "<style>", "<", "<SYNC Start=1>", "<P Class=A>", "<font ", "&nbsp;", "<title>",
  ])
  func hostileFilesEnd(piece: String) {
    let text = "<SAMI><SYNC Start=1>" + String(repeating: piece, count: 200_000)
    #expect(throws: SubtitleError.self) { try parsed(text, "smi") }
  }

  @Test(.enabled(if: !SharedData.files(in: "zoo").isEmpty, SharedData.reason))
  func filesOfOtherProjects() throws {
    for file in SharedData.files(in: "zoo") {
      guard ["smi", "sami"].contains(file.pathExtension) else {
        continue
      }
      let parsed = try SubtitleParser.parse(
        Array(Data(contentsOf: file)), .init(fileExtension: file.pathExtension))
      #expect(parsed.format == .sami)
      #expect(!parsed.cues.isEmpty)
      for cue in parsed.cues { #expect(cue.start < cue.end) }
      for cue in parsed.cues { #expect(!cue.text.contains("<") && !cue.text.contains("&nbsp")) }
    }
  }
}
