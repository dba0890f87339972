import Subtitles
import Testing

@Suite struct EmbeddedSubtitlesTests {
  private func packet(_ start: Int64, _ duration: Int64, _ text: String) -> SubtitlePacket {
    SubtitlePacket(start: .ms(start), duration: .ms(duration), payload: Array(text.utf8))
  }

  private func movText(_ start: Int64, _ text: String, style: [UInt8] = []) -> SubtitlePacket {
    let length = text.utf8.count
    return SubtitlePacket(
      start: .ms(start), duration: .zero,
      payload: [UInt8(length >> 8), UInt8(length & 0xFF)] + Array(text.utf8) + style)
  }

  @Test(arguments: ["subrip", "text", "webvtt"])
  func readsText(codec: String) {
    let cues = EmbeddedSubtitles.read(
      codec: codec,
      packets: [
        packet(1_000, 1_500, "<i>Hi</i> &amp; bye\r\nnow\0"), packet(3_000, 500, "[sighs]"),
      ]
    ).cues
    #expect(cues.map(\.text) == ["Hi & bye\nnow"])
    #expect(cues.map(\.span) == [[1_000, 2_500]])
  }

  /// A time beyond every film would be written and not be read again.
  @Test(arguments: [Int64.max / 1_000, 35_996_400_000, 72_000_000_000])
  func longPacketsCanBeWrittenAndRead(_ duration: Int64) throws {
    let cues = EmbeddedSubtitles.read(
      codec: "subrip", packets: [packet(3_600_000, duration, "Hi")]
    ).cues
    #expect(cues.count == 1)
    #expect(try parsed(SubtitleWriter.subRip(cues), "srt").cues.map(\.span) == cues.map(\.span))
    #expect(try parsed(SubtitleWriter.webVTT(cues), "vtt").cues.map(\.span) == cues.map(\.span))
  }

  @Test(arguments: ["ass", "ssa"])
  func readsASS(codec: String) {
    let cues = EmbeddedSubtitles.read(
      codec: codec,
      packets: [
        packet(1_000, 1_000, "0,0,Default,Rei,0,0,0,,{\\i1}Well,{\\i0} yes\\Nor no"),
        packet(3_000, 1_000, "1,0,Default,,0,0,0,,{\\p1}m 0 0 l 1 1"),
        packet(5_000, 1_000, "not enough,fields"),
      ]
    ).cues
    #expect(cues.map(\.text) == ["Well, yes\nor no"])
    #expect(cues.map(\.speaker) == ["Rei"])
  }

  @Test func readsMovText() {
    let cues = EmbeddedSubtitles.read(
      codec: "mov_text",
      packets: [
        movText(0, "One", style: [0, 0, 0, 12, 0x73, 0x74, 0x79, 0x6C, 0, 0, 0, 0]),
        movText(1_000, ""), movText(9_000, "Two"),
        SubtitlePacket(start: .ms(20_000), duration: .ms(500), payload: [0, 200, 0x41]),
        SubtitlePacket(start: .ms(21_000), duration: .ms(500), payload: [0]),
        SubtitlePacket(
          start: .ms(22_000), duration: .ms(500), payload: [0, 6, 0xFE, 0xFF, 0xC5, 0x48, 0, 0x21]),
      ]
    ).cues
    #expect(cues.map(\.text) == ["One", "Two", "A", "안!"])
    #expect(
      cues.map(\.span) == [[0, 1_000], [9_000, 13_000], [20_000, 20_500], [22_000, 22_500]])
  }

  @Test func endsPacketsThatDoNotSayWhen() {
    let cues = EmbeddedSubtitles.read(
      codec: "text",
      packets: [
        packet(5_000, -1, "b"), packet(1_000, 0, "a"), packet(5_000, 0, "c"),
        packet(30_000, 0, "d"), packet(-500, 0, "before"),
      ]
    ).cues
    #expect(cues.map(\.text) == ["before", "a", "b", "c", "d"])
    #expect(
      cues.map(\.span) == [
        [0, 1_000], [1_000, 5_000], [5_000, 9_000], [5_000, 9_000], [30_000, 34_000],
      ])
    #expect(cues.map(\.number) == [1, 2, 3, 4, 5])
  }

  @Test func survivesAbsurdTimes() {
    let cues = EmbeddedSubtitles.read(
      codec: "text",
      packets: [
        SubtitlePacket(
          start: MediaTime(microseconds: .min), duration: MediaTime(microseconds: .max),
          payload: [65]
        ),
        SubtitlePacket(
          start: MediaTime(microseconds: .max), duration: MediaTime(microseconds: .max),
          payload: [65]
        ),
        SubtitlePacket(
          start: .ms(1_000), duration: MediaTime(microseconds: .max), payload: [0x42, 0xE9]),
      ]
    ).cues
    #expect(cues.map(\.text) == ["Bé"])
  }

  @Test func readsNoPictures() {
    #expect(EmbeddedSubtitles.readableCodecs.contains("subrip"))
    #expect(!EmbeddedSubtitles.readableCodecs.contains("hdmv_pgs_subtitle"))
    let cues = EmbeddedSubtitles.read(
      codec: "dvd_subtitle", packets: [packet(0, 1_000, "x")]
    ).cues
    #expect(cues.isEmpty)
  }
}
