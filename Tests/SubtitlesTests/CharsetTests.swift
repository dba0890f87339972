import Subtitles
import Testing

@Suite struct CharsetTests {
  private let text = "1\r\n00:00:01,000 --> 00:00:02,000\r\nÇa va, là-bas\u{2026} 안녕 👋\r\n"

  private func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
    ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return bigEndian ? bytes : bytes.reversed()
    }
  }

  @Test(arguments: [true, false], [true, false])
  func readsUTF16(bigEndian: Bool, mark: Bool) throws {
    let file = try SubtitleParser.parse(
      utf16(text, bigEndian: bigEndian, mark: mark), .init(fileExtension: "srt"))
    #expect(file.charset.name == (bigEndian ? "UTF-16BE" : "UTF-16LE"))
    #expect(file.cues.map(\.text) == ["Ça va, là-bas\u{2026} 안녕 👋"])
  }

  @Test(arguments: [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]])
  func readsUTF8(mark: [UInt8]) throws {
    let file = try SubtitleParser.parse(mark + Array(text.utf8), .init(fileExtension: "srt"))
    #expect(file.charset.name == "UTF-8")
    #expect(file.cues.map(\.text) == ["Ça va, là-bas\u{2026} 안녕 👋"])
  }

  @Test func readsUTF8ThatWasCutInACharacter() throws {
    let bytes = Array("1\n00:00:01,000 --> 00:00:02,000\n안녕하세요 여러분, 반갑습니다".utf8).dropLast()
    let file = try SubtitleParser.parse(Array(bytes), .init(fileExtension: "srt"))
    #expect(file.charset.name == "UTF-8")
    #expect(file.cues[0].text.hasPrefix("안녕하세요 여러분, 반갑습니"))
  }

  @Test func readsWindows1252() throws {
    var bytes = Array("1\n00:00:01,000 --> 00:00:02,000\n".utf8)
    // “Déjà vu” … 5 €
    bytes += [0x93, 0x44, 0xE9, 0x6A, 0xE0, 0x20, 0x76, 0x75, 0x94, 0x85, 0x20, 0x35, 0x20, 0x80]
    let file = try SubtitleParser.parse(bytes, .init(fileExtension: "srt"))
    #expect(file.charset.name == "windows-1252")
    #expect(file.cues.map(\.text) == ["\u{201C}Déjà vu\u{201D}\u{2026} 5 €"])
  }

  @Test func isNotSureOfWhatSaysNothing() throws {
    let word: [UInt8] = [0xFF, 0xD2, 0x81, 0xF7, 0x8D, 0xDB, 0x90, 0xFF, 0xFE, 0x9D, 0xF9, 0x20]
    let bytes =
      Array("1\n00:00:01,000 --> 00:00:02,000\n".utf8) + Array(repeating: word, count: 8).joined()
    #expect(try SubtitleParser.parse(bytes, .init(fileExtension: "srt")).charset.confidence < 50)
  }

  @Test func refusesBinaryData() {
    let file = Array("1\n00:00:01,000 --> 00:00:02,000\nGood\n".utf8)
    for junk in [
      [0xE9, 0x00], Array(repeating: 0x01, count: 9), Array(repeating: 0, count: 4_096),
    ]
      as [[UInt8]]
    {
      let error = #expect(throws: SubtitleError.self) {
        try SubtitleParser.parse(file + junk, .init(fileExtension: "srt"))
      }
      #expect(error?.code == .notSubtitles)
    }
  }

  @Test(
    arguments: [
      ([], .empty), (Array("\u{FEFF} \r\n\n".utf8), .empty), ([0xFF, 0xFE], .empty),
      (Array("Once upon a time.".utf8), .notSubtitles), (Array("WEBVTT".utf8), .noCues),
      (Array("1\n00:00:01,000 --> 00:00:02,000\n[sighs]\n".utf8), .noCues),
      (Array("1\n00:00:02,000 --> 00:00:01,000\nBack\n".utf8), .noCues),
      (Array("[Script Info]\n".utf8), .noCues),
    ] as [([UInt8], SubtitleError.Code)])
  func saysWhatIsWrong(_ bytes: [UInt8], _ code: SubtitleError.Code) {
    let error = #expect(throws: SubtitleError.self) {
      try SubtitleParser.parse(bytes, .init(fileExtension: "srt"))
    }
    #expect(error?.code == code)
    #expect(error?.message.isEmpty == false)
  }

  @Test func refusesFilesOverTheLimit() {
    let error = #expect(throws: SubtitleError.self) {
      try SubtitleParser.parse(
        Array(repeating: 0x20, count: SubtitleOptions.usualByteLimit + 1),
        .init(fileExtension: "srt"))
    }
    #expect(error?.code == .tooLarge)
  }
}
