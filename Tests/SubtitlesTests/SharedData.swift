import Foundation
import Subtitles
import Testing

/// Files of other projects' test suites and whole films; they lie outside of this repository.
enum SharedData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["LANGFLIX_DATA"] {
      return URL(fileURLWithPath: path)
    }
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return package.deletingLastPathComponent().appendingPathComponent("shared/data")
  }()

  static let reason: Comment = "needs the folder that LANGFLIX_DATA names, or ../shared/data"

  static func files(in folder: String) -> [URL] {
    let url = Self.folder.appendingPathComponent(folder)
    let found = try? FileManager.default.contentsOfDirectory(
      at: url, includingPropertiesForKeys: nil)
    return (found ?? []).sorted { $0.path < $1.path }
  }

  struct Film {
    /// "elephants-dream" of "elephants-dream.sv.vtt".
    var name: String
    var transcript: Transcript
  }

  static func films() throws -> [Film] {
    try files(in: "subtitles").map { file in
      let parts = file.lastPathComponent.split(separator: ".").map(String.init)
      let subtitles = try SubtitleParser.parse(
        Array(Data(contentsOf: file)), .init(fileExtension: file.pathExtension))
      return Film(
        name: parts[0], transcript: Transcript(language: parts[1], cues: subtitles.cues))
    }
  }
}
