import Foundation
import Subtitles
import Testing

@Suite struct SharedDataTests {
  private func parse(_ file: URL) throws -> ParsedSubtitles {
    try SubtitleParser.parse(
      Array(Data(contentsOf: file)), .init(fileExtension: file.pathExtension))
  }

  @Test(.enabled(if: !SharedData.files(in: "zoo").isEmpty, SharedData.reason))
  func everyFileOfTheZooParsesOrThrows() throws {
    var read = 0
    for file in SharedData.files(in: "zoo") {
      do {
        let subtitles = try parse(file)
        #expect(subtitles.cues.map(\.number) == Array(1...subtitles.cues.count))
        read += 1
      } catch let error as SubtitleError {
        #expect(!error.message.isEmpty)
      }
    }
    #expect(read > 300)
  }

  @Test(.enabled(if: !SharedData.files(in: "subtitles").isEmpty, SharedData.reason))
  func wholeFilmsAreReadWhole() throws {
    for file in SharedData.files(in: "subtitles") {
      let subtitles = try parse(file)
      #expect(subtitles.charset.name == "UTF-8")
      #expect(subtitles.leftOut.damaged == 0, "\(file.lastPathComponent)")
      #expect(subtitles.cues.count > 5, "\(file.lastPathComponent)")
      let written = try SubtitleParser.parse(
        Array(SubtitleWriter.webVTT(subtitles.cues).utf8), .init(fileExtension: "vtt"))
      #expect(written.cues.count == subtitles.cues.count, "\(file.lastPathComponent)")
    }
  }
}
