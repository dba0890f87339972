import Subtitles
import Testing

@Suite struct ForeignFormatTests {
  @Test(arguments: [
    ("<?xml version=\"1.0\"?>\n<tt xmlns=\"http://www.w3.org/ns/ttml\">\n", "TTML"),
    ("<?xml version=\"1.0\"?><tt xml:lang=\"en\"><body/></tt>", "TTML"),
    ("# VobSub index file, v7\nsize: 720x576\n", "VobSub"),
    ("Scenarist_SCC V1.0\n\n00:00:01:00\t9420 9420\n", "SCC"),
    ("[ti:A song]\n[00:12.00]Hello\n", "LRC"),
    ("[INFORMATION]\n[TITLE]\n", "SubViewer"),
    ("0:00:01.000,0:00:02.000\nHello\n", "SubViewer"),
    ("[10][20]Hello|there\n", "MPL2"),
    ("{25}{75}Hello.\n{80}{90}Bye.\n", "frame rate"),
  ])
  func isRefusedByName(text: String, name: String) {
    let error = #expect(throws: SubtitleError.self) { try parsed(text, "srt") }
    #expect(error?.code == .unsupportedFormat)
    #expect(error?.message.contains(name) == true, "\(error?.message ?? "")")
  }

  @Test func binaryFormatsAreKnownBeforeTheirCharset() {
    let vobSub: [UInt8] = [0, 0, 1, 0xBA] + [UInt8](repeating: 0x44, count: 2_000)
    let pgs: [UInt8] = Array("PG".utf8) + [0, 1, 2, 3, 0, 0, 0, 0, 0x16, 0, 0x13, 0, 0]
    let stl = Array("850STL25.01".utf8) + [UInt8](repeating: 0x20, count: 2_000)
    for (bytes, name) in [(vobSub, "VobSub"), (pgs, "PGS"), (stl, "EBU STL")] {
      // Also where there is more of it than is read.
      let error = #expect(throws: SubtitleError.self) {
        try SubtitleParser.parse(bytes, .init(fileExtension: "sub", byteLimit: 10))
      }
      #expect(error?.code == .unsupportedFormat)
      #expect(error?.message.contains(name) == true)
    }
  }

  @Test func microDVDBeyondEveryFilmIsLeftOut() throws {
    let read = try parsed("{1}{1}5\n{10}{20}Hi\n{999999900}{999999999}x\n", "sub")
    #expect(read.cues.map(\.text) == ["Hi"])
    #expect(read.leftOut[.unusableTime] == 1)
  }

  @Test func microDVDWithItsRateIsRead() throws {
    let file = try parsed("{1}{1}25\n{25}{75}{y:i}Hello,|world.\n{100}{90}no\nbroken\n", "sub")
    #expect(file.format == .microDVD)
    #expect(file.cues.map(\.text) == ["Hello,\nworld."])
    #expect(file.cues.map(\.span) == [[1_000, 3_000]])
    #expect(file.leftOut.damaged == 2)
    let film = try parsed("{1}{1}23,976\n{23976}{24000}Late.\n", "sub")
    #expect(film.cues.map(\.start) == [.seconds(1_000)])
  }
}
