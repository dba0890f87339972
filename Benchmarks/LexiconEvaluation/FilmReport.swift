import Expressions
import Foundation
import Lexicon
import Subtitles

/// The ten expressions of a film that the lexicon holds for the most useful, for reading.
struct FilmReport: Encodable {
  struct Entry: Encodable {
    var expression: String
    var usefulness: Double
    var meaning: String
    /// The text of its cues.
    var dialogue: String
  }

  static let length = 10

  var name: String
  var cues: Int
  /// How many different expressions there are to choose from.
  var candidates: Int
  var seconds: Double
  var best: [Entry]

  init(path: String, wordNetFolder: String) async throws {
    let file = URL(filePath: path)
    name = file.deletingPathExtension().lastPathComponent
    let parsed = try SubtitleParser.parse(
      Array(try Data(contentsOf: file)), .init(fileExtension: file.pathExtension))
    let transcript = Transcript(language: "en", cues: parsed.cues)
    cues = transcript.cues.count
    let extractor = try await LexiconExtractor(folder: wordNetFolder)
    let request = ExtractionRequest(sourceLanguage: "en", targetLanguage: nil)
    let began = ContinuousClock.now
    var found: [Candidate] = []
    for batch in BatchPlan().batches(of: transcript) {
      found += try await extractor.answer(to: batch, for: request).answer.candidates
    }
    seconds = (ContinuousClock.now - began) / .seconds(1)
    var known: Set<String> = []
    let ranked = found.enumerated().sorted {
      ($1.element.usefulness, $0.offset) < ($0.element.usefulness, $1.offset)
    }.map(\.element).filter { known.insert($0.dictionaryForm).inserted }
    candidates = ranked.count
    best = ranked.prefix(Self.length).map { candidate in
      let lines = candidate.cueNumbers.compactMap { transcript[number: $0]?.spoken }
      return Entry(
        expression: candidate.dictionaryForm, usefulness: candidate.usefulness,
        meaning: candidate.meaning, dialogue: lines.joined(separator: " / "))
    }
  }

  var text: String {
    let milliseconds = Int((seconds * 1_000).rounded())
    var lines = ["", "\(name): \(cues) cues, \(candidates) expressions, \(milliseconds) ms"]
    for entry in best {
      lines.append("  \(entry.usefulness)  \(entry.expression): \(entry.meaning)")
      lines.append("        \(entry.dialogue)")
    }
    return lines.joined(separator: "\n")
  }
}
