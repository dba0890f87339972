/// What `langflix answers` asks.
package enum AnswersRequest: Sendable, Codable, Equatable {
  /// Kept answers by extractor and model.
  case summary
  /// One answer, by the beginning of its content key.
  case show(key: String)
  case list(limit: Int)
  /// - Parameters:
  ///   - olderThan: seconds since 1970.
  ///   - includesUsed: also those that episodes refer to.
  ///   - isConfirmed: false only counts.
  case prune(olderThan: Double?, extractor: String?, includesUsed: Bool, isConfirmed: Bool)
}

/// The reply to it; only what was asked for is filled in.
package struct AnswersReport: Sendable, Codable, Equatable {
  package struct Kind: Sendable, Codable, Equatable {
    package var extractor: String
    package var model: String?
    package var count: Int
    /// Answers that no episode refers to.
    package var unused: Int
    package var inputTokens: Int
    package var outputTokens: Int
    package var costUsd: Double
    package var bytes: Int64
    package var oldestAt: Double
    package var newestAt: Double

    package init(
      extractor: String, model: String?, count: Int, unused: Int, inputTokens: Int,
      outputTokens: Int, costUsd: Double, bytes: Int64, oldestAt: Double, newestAt: Double
    ) {
      self.extractor = extractor
      self.model = model
      self.count = count
      self.unused = unused
      self.inputTokens = inputTokens
      self.outputTokens = outputTokens
      self.costUsd = costUsd
      self.bytes = bytes
      self.oldestAt = oldestAt
      self.newestAt = newestAt
    }
  }

  package struct Entry: Sendable, Codable, Equatable {
    package var key: String
    package var extractor: String
    package var model: String?
    package var candidates: Int
    package var inputTokens: Int
    package var outputTokens: Int
    package var costUsd: Double
    package var latencyS: Double
    package var createdAt: Double
    /// As the model wrote it; only for one that was asked for by its key.
    package var rawText: String?

    package init(
      key: String, extractor: String, model: String?, candidates: Int, inputTokens: Int,
      outputTokens: Int, costUsd: Double, latencyS: Double, createdAt: Double, rawText: String?
    ) {
      self.key = key
      self.extractor = extractor
      self.model = model
      self.candidates = candidates
      self.inputTokens = inputTokens
      self.outputTokens = outputTokens
      self.costUsd = costUsd
      self.latencyS = latencyS
      self.createdAt = createdAt
      self.rawText = rawText
    }
  }

  package var kinds: [Kind]
  package var entries: [Entry]
  /// How many were pruned, or would be.
  package var pruned: Int?
  package var prunedBytes: Int64?

  package init(
    kinds: [Kind] = [], entries: [Entry] = [], pruned: Int? = nil, prunedBytes: Int64? = nil
  ) {
    self.kinds = kinds
    self.entries = entries
    self.pruned = pruned
    self.prunedBytes = prunedBytes
  }
}
