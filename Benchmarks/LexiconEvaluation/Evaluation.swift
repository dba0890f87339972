import ArgumentParser
import Foundation
import Lexicon

/// How well the lexicon recognises expressions: against corpora in which people marked them, and
/// for reading, on films.
@main
struct Evaluation: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon-eval",
    abstract: "Precision, recall and F1 of the lexicon on every *.jsonl corpus of a folder.")

  @Argument(help: "Folder of corpora, a JSON object a line: tokens, text, mwes.")
  var folder: String

  @Option(help: "Write the figures there as JSON.")
  var json: String?

  @Option(help: "Folder of *.srt films, to print the ten best expressions of each.")
  var films: String?

  @Option(help: "Folder of WordNet 3.0.")
  var wordnet = "/usr/share/wordnet"

  @Option(help: "Least confidence of what counts as recognised; the lexicon's own by default.")
  var confidence: Double?

  @Flag(help: "Print every decision of the lexicon: '+' right, '-' wrong.")
  var list = false

  func run() async throws {
    let wordNet = try WordNet(folder: wordnet)
    let finder =
      confidence.map { ExpressionFinder(wordNet: wordNet, leastConfidence: $0) }
      ?? ExpressionFinder(wordNet: wordNet)
    let predictors: [any Predictor] = [
      LongestMatch(wordNet: wordNet, longestGap: 0), LongestMatch(wordNet: wordNet, longestGap: 3),
      LexiconPredictor(finder: finder),
    ]
    var report = Report()
    for path in try Self.files(in: folder, ending: "jsonl") {
      let corpus = try Corpus(path: path)
      report.corpora.append(try CorpusReport(corpus, predictors: predictors, list: list))
    }
    guard !report.corpora.isEmpty else {
      throw ValidationError("There is no *.jsonl file in \(folder).")
    }
    print(report.table)
    if let films {
      for path in try Self.files(in: films, ending: "srt") {
        let film = try await FilmReport(path: path, wordNetFolder: wordnet)
        print(film.text)
        report.films.append(film)
      }
    }
    if let json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try (encoder.encode(report) + Data("\n".utf8)).write(to: URL(filePath: json))
    }
  }

  private static func files(in folder: String, ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix("." + ending) }.sorted().map { "\(folder)/\($0)" }
  }
}
