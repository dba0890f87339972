import Foundation
import Subtitles
import Testing

/// Files of other projects' test suites and whole films; they lie outside of this repository.
private let sharedData: URL = {
  if let path = ProcessInfo.processInfo.environment["LANGFLIX_DATA"] {
    return URL(fileURLWithPath: path)
  }
  let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  return package.deletingLastPathComponent().appendingPathComponent("shared/data")
}()

private func files(in folder: String) -> [URL] {
  let url = sharedData.appendingPathComponent(folder)
  let found = try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
  return (found ?? []).sorted { $0.path < $1.path }
}

private let reason: Comment = "needs the folder that LANGFLIX_DATA names, or ../shared/data"

@Suite struct SharedDataTests {
  private func parse(_ file: URL) throws -> ParsedSubtitles {
    try SubtitleParser.parse(Array(Data(contentsOf: file)), fileExtension: file.pathExtension)
  }

  @Test(.enabled(if: !files(in: "zoo").isEmpty, reason))
  func everyFileOfTheZooParsesOrThrows() throws {
    var read = 0
    for file in files(in: "zoo") {
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

  @Test(.enabled(if: !files(in: "subtitles").isEmpty, reason))
  func wholeFilmsAreReadWhole() throws {
    for file in files(in: "subtitles") {
      let subtitles = try parse(file)
      #expect(subtitles.charset == "UTF-8")
      #expect(subtitles.skipped == 0, "\(file.lastPathComponent)")
      #expect(subtitles.cues.count > 5, "\(file.lastPathComponent)")
      let written = try SubtitleParser.parse(
        Array(SubtitleWriter.webVTT(subtitles.cues).utf8), fileExtension: "vtt")
      #expect(written.cues.count == subtitles.cues.count, "\(file.lastPathComponent)")
    }
  }
}
