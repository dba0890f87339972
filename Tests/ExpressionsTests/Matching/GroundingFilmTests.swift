import Expressions
import Foundation
import Subtitles
import Testing

/// Whole films, with phrases that were cut from their own text at random.
@Suite struct GroundingFilmTests {
  private static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["LANGFLIX_DATA"] {
      return URL(fileURLWithPath: path)
    }
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return tests.appendingPathComponent("../../../../shared/data").standardizedFileURL
  }()

  private static let films =
    (try? FileManager.default.contentsOfDirectory(
      at: folder.appendingPathComponent("subtitles"), includingPropertiesForKeys: nil)) ?? []

  @Test(
    .enabled(
      if: !films.isEmpty, "needs the folder that LANGFLIX_DATA names, or ../shared/data"),
    arguments: films.map(\.lastPathComponent).sorted())
  func findsWhatTheTextSays(name: String) throws {
    let file = Self.folder.appendingPathComponent("subtitles/\(name)")
    let subtitles = try SubtitleParser.parse(
      Array(Data(contentsOf: file)), .init(fileExtension: file.pathExtension))
    let language = String(name.split(separator: ".")[1])
    let transcript = Transcript(language: language, cues: subtitles.cues)
    let grounding = Grounding(transcript: transcript)
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let number = Int.random(in: 1...transcript.cues.count, using: &generator)
      // A line has one speaker.
      let lines = transcript.cues[number - 1].text.split(whereSeparator: \.isNewline)
      guard let line = lines.randomElement(using: &generator).map(String.init) else { continue }
      let tokens = Token.tokens(of: line)
      guard let first = tokens.indices.randomElement(using: &generator) else { continue }
      let last = min(tokens.count - 1, first + Int.random(in: 0...5, using: &generator))
      let range = tokens[first].range.lowerBound..<tokens[last].range.upperBound
      let phrase = String(decoding: Array(line.utf8)[range], as: UTF8.self)

      let there = try grounding.ground(candidate(phrase, cues: [number])).get()
      #expect(!there.wasMended && there.cueNumbers == [number], "\(phrase)")
      #expect(there.phrase == phrase)
      let spoken = there.spans.map { span in
        String(
          decoding: Array(transcript.cues[number - 1].text.utf8)[span.start..<span.end],
          as: UTF8.self)
      }
      #expect(
        spoken.flatMap(Token.words(of:)) == Token.words(of: phrase), "\(phrase) found as \(spoken)")

      let near = number + Int.random(in: -3...3, using: &generator)
      if transcript[number: near] != nil {
        let mended = try grounding.ground(candidate(phrase, cues: [near, 0, Int.max])).get()
        #expect(abs(mended.firstCue - near) <= Grounding.reach)
      }
    }
  }
}
