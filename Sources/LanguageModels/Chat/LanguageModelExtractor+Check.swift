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
  /// What the server was found not to take.
  package var learned: [String]
}

extension LanguageModelExtractor {
  /// Sends one real small request.
  /// - Throws: `ExtractionFailure` that says what to mend.
  package func check() async throws -> ProviderCheckReport {
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
    let began = ContinuousClock.now
    let answer = try await answer(
      to: Batch(number: 1, leadIn: [], cues: cues),
      for: ExtractionRequest(sourceLanguage: "en", targetLanguage: "es"))
    let latency = ContinuousClock.now - began
    let facts = await knownFacts()
    return ProviderCheckReport(
      schemaMode: facts.mode.rawValue,
      model: answer.model ?? settings.model, latency: latency, usage: answer.usage,
      learned: facts.refused.sorted().map { "the server does not take \($0)" })
  }
}
