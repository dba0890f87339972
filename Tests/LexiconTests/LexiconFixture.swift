import Expressions
import Foundation
import Lexicon
import Subtitles

/// What the tests share: Debian's WordNet, and dialogue given as lines.
enum LexiconFixture {
  static let folder = "/usr/share/wordnet"

  /// The tests read real dictionary files, which come with Debian's package wordnet-base.
  static let isInstalled: Bool = {
    let isThere = FileManager.default.fileExists(atPath: folder + "/index.noun")
    if !isThere { print("Skipped: \(folder) is not there; apt-get install wordnet-base") }
    return isThere
  }()

  static let request = ExtractionRequest(sourceLanguage: "en", targetLanguage: nil)

  /// One for all tests, since an extractor never changes.
  private static let shared = Task { try await LexiconExtractor(folder: folder) }

  static func extractor() async throws -> LexiconExtractor { try await shared.value }

  static func cues(_ lines: [String], from number: Int = 1) -> [Cue] {
    lines.enumerated().map { position, line in
      Cue(number: number + position, start: .zero, end: .zero, text: line)
    }
  }

  static func candidates(
    _ lines: String..., leadIn: [String] = []
  ) async throws -> [Candidate] {
    let batch = Batch(
      number: 1, leadIn: cues(leadIn), cues: cues(lines, from: leadIn.count + 1))
    return try await candidates(in: batch)
  }

  static func candidates(in batch: Batch) async throws -> [Candidate] {
    try await extractor().answer(to: batch, for: request).answer.candidates
  }

  /// Runs `body` with a copy of the installed files in a folder of its own.
  static func withCopy(_ body: (URL) async throws -> Void) async throws {
    let copy = FileManager.default.temporaryDirectory.appending(
      path: "lexicon-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.copyItem(at: URL(filePath: folder), to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    try await body(copy)
  }
}
