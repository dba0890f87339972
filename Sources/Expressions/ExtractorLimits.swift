/// What a provider may be asked for; nil means no limit that is known.
package struct ExtractorLimits: Sendable, Hashable, Codable {
  /// Requests in flight at once; 1 is the sequential mode.
  package var concurrency: Int
  package var requestsPerMinute: Int?
  package var inputTokensPerMinute: Int?
  package var outputTokensPerMinute: Int?
  package var requestsPerDay: Int?
  package var usdPerDay: Double?
  package var price: TokenPrice

  package init(
    concurrency: Int, requestsPerMinute: Int? = nil, inputTokensPerMinute: Int? = nil,
    outputTokensPerMinute: Int? = nil, requestsPerDay: Int? = nil, usdPerDay: Double? = nil,
    price: TokenPrice = .free
  ) {
    self.concurrency = concurrency
    self.requestsPerMinute = requestsPerMinute
    self.inputTokensPerMinute = inputTokensPerMinute
    self.outputTokensPerMinute = outputTokensPerMinute
    self.requestsPerDay = requestsPerDay
    self.usdPerDay = usdPerDay
    self.price = price
  }
}
