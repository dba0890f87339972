import Foundation

/// Sentences in which people marked the expressions.
struct Corpus {
  /// The file's name without its ending.
  var name: String
  var sentences: [Sentence]
  /// True when all labels are of verbs: nothing is known of other expressions there.
  var isVerbal: Bool
  /// True when its text writes hyphens with spaces all the same, as DiMSUM's does.
  var losesHyphens: Bool

  /// - Parameter path: a file with a JSON object in each line.
  init(path: String) throws {
    name = URL(filePath: path).deletingPathExtension().lastPathComponent
    let decoder = JSONDecoder()
    sentences = []
    let lines = try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n"))
    for (index, line) in lines.enumerated() {
      do {
        sentences.append(try decoder.decode(Sentence.self, from: line))
      } catch {
        throw CorpusError(path: path, line: index + 1, cause: error)
      }
    }
    losesHyphens = !sentences.contains { sentence in
      let glued = sentence.gluedTokens
      return glued.indices.contains { glued[$0] && sentence.hasLoneHyphen(at: $0) }
    }
    let types = sentences.flatMap { $0.mwes.map(\.type) }
    isVerbal = !types.isEmpty && types.allSatisfy(Self.isVerbal)
  }

  /// PARSEME's labels: idioms, light verbs, verbs with particle, preposition, pronoun or verb.
  private static func isVerbal(_ type: String) -> Bool {
    ["VID", "LVC", "VPC", "IAV", "IRV", "MVC"].contains(type.prefix { $0 != "." })
  }
}

struct CorpusError: Error, CustomStringConvertible {
  var path: String
  var line: Int
  var cause: any Error

  var description: String {
    "\(path), line \(line) is not an object with tokens, text and mwes: \(cause)"
  }
}

struct Sentence: Decodable {
  struct Expression: Decodable {
    /// Positions of its tokens.
    var toks: [Int]
    var type: String

    /// Names and what the annotators held for weak are neither asked for nor counted as wrong.
    var isLeftOut: Bool { type.contains("PROPN") || type == "WEAK" }
  }

  var tokens: [String]
  var text: String?
  var mwes: [Expression]

  /// The marked expressions that count, each as its tokens in order.
  var expressions: Set<[Int]> { Set(mwes.filter { !$0.isLeftOut }.map { $0.toks.sorted() }) }

  var leftOutTokens: Set<Int> { Set(mwes.filter(\.isLeftOut).flatMap(\.toks)) }
}
