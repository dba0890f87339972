import Expressions
import Foundation
import GRDB

/// An answer with all that is kept of it.
package struct KeptAnswer: Sendable, Hashable {
  package var contentKey: String
  /// Name and version of what answered.
  package var extractor: String
  /// By its own word; nil for what is no model.
  package var model: String?
  package var answer: Answer
  package var usage: TokenUsage
  package var costUSD: Double
  package var latency: Duration
  /// As the model wrote it; kept compressed.
  package var rawText: String
  /// Seconds since 1970.
  package var createdAt: Double

  package init(
    contentKey: String, extractor: String, model: String?, answer: Answer,
    usage: TokenUsage = .zero, costUSD: Double = 0, latency: Duration = .zero,
    rawText: String = "", createdAt: Double
  ) {
    self.contentKey = contentKey
    self.extractor = extractor
    self.model = model
    self.answer = answer
    self.usage = usage
    self.costUSD = costUSD
    self.latency = latency
    self.rawText = rawText
    self.createdAt = createdAt
  }
}

extension KeptAnswer {
  /// All but the raw text.
  static let listedColumns = """
    content_key, extractor, model, content, input_tokens, output_tokens, cost_usd, latency_s,
    created_at
    """
  static let columns = "\(listedColumns), raw, raw_size"

  /// The raw text stays empty when its column was not selected.
  init(row: Row) throws {
    contentKey = row["content_key"]
    extractor = row["extractor"]
    model = row["model"]
    answer = try EpisodeStore.value(from: row["content"])
    usage = TokenUsage(input: row["input_tokens"], output: row["output_tokens"])
    costUSD = row["cost_usd"]
    latency = .seconds(row["latency_s"] as Double)
    createdAt = row["created_at"]
    rawText = ""
    if row.hasColumn("raw"), let raw: Data = row["raw"] {
      rawText = try ZlibText.text(from: raw, byteCount: row["raw_size"])
    }
  }

  /// The values of `columns`, in their order.
  func values() throws -> StatementArguments {
    let (seconds, attoseconds) = latency.components
    let usage = usage.bounded
    return [
      contentKey, extractor, model, try EpisodeStore.json(answer), usage.input, usage.output,
      costUSD.finite, Double(seconds) + Double(attoseconds) / 1e18, createdAt,
      rawText.isEmpty ? nil : try ZlibText.compressed(rawText), rawText.utf8.count,
    ]
  }
}

extension Double {
  /// Itself, or 0 for what SQLite can't hold as a number.
  var finite: Double { isFinite ? self : 0 }
}
