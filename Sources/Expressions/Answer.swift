/// What an extractor found in one batch; what is kept for ever under its content key.
package struct Answer: Sendable, Hashable, Codable {
  package var candidates: [Candidate]
  /// Cues in the target language, by number, where the extractor was asked to translate them.
  package var translations: [Int: String]
  /// Items that the answer held and that were no candidates, by reason; counted, never silent.
  package var rejected: [String: Int]

  package init(
    candidates: [Candidate], translations: [Int: String] = [:], rejected: [String: Int] = [:]
  ) {
    self.candidates = candidates
    self.translations = translations
    self.rejected = rejected
  }
}

extension Answer {
  /// The answer for the same dialogue with other numbers: of cues that come so much later.
  package func shifted(by shift: Int) -> Answer {
    guard shift != 0 else { return self }
    var answer = self
    for index in answer.candidates.indices {
      let candidate = candidates[index]
      // Numbers may come from a model and be anything.
      answer.candidates[index].cueNumbers = candidate.cueNumbers.map { $0 &+ shift }
      answer.candidates[index].contextCueNumbers = candidate.contextCueNumbers.map {
        let (first, last) = ($0.lowerBound &+ shift, $0.upperBound &+ shift)
        return min(first, last)...max(first, last)
      }
    }
    answer.translations = Dictionary(
      translations.map { ($0.key &+ shift, $0.value) }, uniquingKeysWith: { first, _ in first })
    return answer
  }
}

/// An answer with what it took.
package struct ExtractorAnswer: Sendable, Hashable {
  package var answer: Answer
  package var usage: TokenUsage
  /// Requests that it took: 2 where an empty answer was asked once more.
  package var requests: Int
  /// The model that answered, by its own word; nil for what is no model.
  package var model: String?
  /// The answer's text as the model wrote it; empty for what is no model.
  package var rawText: String

  package init(
    answer: Answer, usage: TokenUsage = .zero, requests: Int = 1, model: String? = nil,
    rawText: String = ""
  ) {
    self.answer = answer
    self.usage = usage
    self.requests = requests
    self.model = model
    self.rawText = rawText
  }
}

/// Tokens of one request or of many.
package struct TokenUsage: Sendable, Hashable, Codable {
  package var input: Int
  package var output: Int

  package static let zero = TokenUsage(input: 0, output: 0)

  package init(input: Int, output: Int) {
    self.input = input
    self.output = output
  }

  package static func + (left: Self, right: Self) -> Self {
    TokenUsage(input: left.input + right.input, output: left.output + right.output)
  }

  /// Servers count the tokens, and may say anything; sums of these never overflow.
  package var bounded: Self { TokenUsage(input: Self.bounded(input), output: Self.bounded(output)) }

  package static func bounded(_ tokens: Int) -> Int { min(max(tokens, 0), 1_000_000_000_000) }
}

/// What tokens cost, in US dollars a million.
package struct TokenPrice: Sendable, Hashable, Codable {
  package var inputUSD: Double
  package var outputUSD: Double

  package static let free = TokenPrice(inputUSD: 0, outputUSD: 0)

  package init(inputUSD: Double, outputUSD: Double) {
    self.inputUSD = inputUSD
    self.outputUSD = outputUSD
  }

  package func cost(of usage: TokenUsage) -> Double {
    (Double(usage.input) * inputUSD + Double(usage.output) * outputUSD) / 1_000_000
  }
}
