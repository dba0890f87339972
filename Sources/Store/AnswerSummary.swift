/// What is kept of one extractor and model.
package struct AnswerSummary: Sendable, Hashable {
  package var extractor: String
  package var model: String?
  package var count: Int
  /// Tokens in all.
  package var input: Int
  package var output: Int
  package var costUSD: Double
  /// What the raw texts take in the store, compressed.
  package var rawBytes: Int
  /// Seconds since 1970.
  package var oldest: Double
  package var newest: Double
  /// Answers that no episode's batch refers to.
  package var unused: Int
}
