/// What `langflix estimate` asks: what episodes would take before they are taken.
package struct EstimateRequest: Sendable, Codable, Equatable {
  /// Folders and files, as raw path bytes in base64; none for the backlog that was left alone.
  package var paths: [String]

  package init(paths: [String]) { self.paths = paths }
}

/// The reply: from what it was estimated, and how much it may be.
package struct EstimateReport: Sendable, Codable, Equatable {
  /// Both ends included.
  package struct Span<Value: Sendable & Codable & Equatable>: Sendable, Codable, Equatable {
    package var least: Value
    package var most: Value

    package init(_ least: Value, _ most: Value) {
      self.least = least
      self.most = most
    }
  }

  /// Whose requests these are.
  package var provider = ""
  /// Those that nothing has been done for yet.
  package var episodes = 0
  package var sourceBytes: Int64 = 0
  /// Those besides that are done, or in work.
  package var known = 0
  /// So many were looked at one by one; the others count as these do on average.
  package var lookedAt = 0
  // Of those that were looked at:
  /// The subtitles beside them were read.
  package var subtitlesRead = 0
  /// Subtitles are inside of the file: their lines are guessed from its length.
  package var subtitlesInside = 0
  /// They would wait for subtitles, or for a provider of their language: nothing is counted for them.
  package var waiting = 0
  /// They can't be opened as video, or are in another language: nothing is counted for them.
  package var leftOut = 0

  /// Batches whose answers are kept: they are not asked.
  package var keptAnswers = 0
  package var requests = Span(0, 0)
  package var inputTokens = Span(0, 0)
  package var outputTokens = Span(0, 0)
  package var costUsd = Span(0.0, 0.0)
  /// Whether the provider has a price by its settings; else the cost is 0, be it free or its price not set.
  package var hasPrice = false
  /// Days of the provider's quota and budget; 0 where it has neither.
  package var days = Span(0, 0)
  package var requestsPerDay: Int?
  package var usdPerDay: Double?
  package var clips = Span(0, 0)
  /// The reel included.
  package var clipBytes = Span<Int64>(0, 0)

  package init() {}
}
