import Expressions
import Settings
import Subtitles

/// What one small request has shown.
package struct ProviderCheckReport: Sendable, Hashable {
  /// How the answer's form was asked for in the end.
  package var schemaMode: String
  package var model: String
  package var latency: Duration
  package var usage: TokenUsage
  /// More than 1 where the server had to be asked in several ways.
  package var requests: Int
  /// What the server was found not to take.
  package var learned: [String]
}

extension LanguageModelExtractor {
  private static let checkRequest = ExtractionRequest(sourceLanguage: "en", targetLanguage: "es")

  private static let checkBatch: Batch = {
    let lines = [
      "You look tired. Rough night?", "I was up till three, but I figured it all out.",
      "So you're not going to throw in the towel?", "Not a chance. Let's call it a day, though.",
    ]
    let cues = lines.enumerated().map { index, text in
      Cue(
        number: index + 1, start: .seconds(Double(index) * 3),
        end: .seconds(Double(index) * 3 + 2.5),
        text: text, speaker: index.isMultiple(of: 2) ? "ANNA" : "BEN")
    }
    return Batch(number: 1, leadIn: [], cues: cues)
  }()

  /// What `check` is expected to use.
  package var checkEstimate: TokenUsage {
    estimate(of: Self.checkBatch, for: Self.checkRequest)
  }

  /// Sends one real small request, and more only where the server refuses the way of asking.
  /// - Throws: `ExtractionFailure` that says what to mend.
  package func check() async throws -> ProviderCheckReport {
    let began = ContinuousClock.now
    let answer = try await answer(to: Self.checkBatch, for: Self.checkRequest)
    let latency = ContinuousClock.now - began
    let facts = await knownFacts()
    return ProviderCheckReport(
      schemaMode: facts.mode.rawValue,
      model: answer.model ?? settings.model, latency: latency, usage: answer.usage,
      requests: answer.requests,
      learned: facts.refused.sorted().map { "the server does not take \($0)" })
  }
}
