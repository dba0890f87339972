/// One provider, as `status` shows it.
package struct ProviderReport: Sendable, Codable, Equatable {
  package var name: String
  /// Name and version of what answers, as it is part of the content key.
  package var identity: String
  package var inFlight: Int
  package var waiting: Int
  /// Requests that may be in flight right now; the pool lowers and raises it.
  package var limit: Int
  /// Why nothing is asked at the moment, in words; nil when it is open.
  package var closed: String?
  /// Since the start of the provider's day.
  package var requestsToday: Int
  package var usdToday: Double
  /// Whether what it is asked for is counted: not for the lexicon, which is nobody's service.
  package var isCounted: Bool

  package init(
    name: String, identity: String, inFlight: Int, waiting: Int, limit: Int, closed: String?,
    requestsToday: Int, usdToday: Double, isCounted: Bool
  ) {
    self.name = name
    self.identity = identity
    self.inFlight = inFlight
    self.waiting = waiting
    self.limit = limit
    self.closed = closed
    self.requestsToday = requestsToday
    self.usdToday = usdToday
    self.isCounted = isCounted
  }
}

/// What asking done episodes anew would take, or took.
package struct ReaskReport: Sendable, Codable, Equatable {
  package var episodes: Int
  package var provider: String
  /// Batches whose answer is not kept under the present settings.
  package var requests: Int
  package var inputTokens: Int
  package var outputTokens: Int
  package var costUsd: Double
  /// Days of the provider's budget.
  package var days: Int

  package init(
    episodes: Int, provider: String, requests: Int, inputTokens: Int, outputTokens: Int,
    costUsd: Double, days: Int
  ) {
    self.episodes = episodes
    self.provider = provider
    self.requests = requests
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.costUsd = costUsd
    self.days = days
  }
}

/// What `langflix llm check` found of one provider.
package struct ProviderCheckResult: Sendable, Codable, Equatable {
  package var name: String
  package var identity: String
  package var succeeded: Bool
  /// What the server understood: "json_schema", "json_object", ….
  package var schemaMode: String?
  package var model: String?
  package var latencyS: Double?
  package var inputTokens: Int?
  package var outputTokens: Int?
  package var costUsd: Double?
  /// What was found out about the server.
  package var learned: [String]
  /// What failed and how to mend it.
  package var failure: String?

  package init(
    name: String, identity: String, succeeded: Bool, schemaMode: String? = nil,
    model: String? = nil, latencyS: Double? = nil, inputTokens: Int? = nil,
    outputTokens: Int? = nil, costUsd: Double? = nil, learned: [String] = [],
    failure: String? = nil
  ) {
    self.name = name
    self.identity = identity
    self.succeeded = succeeded
    self.schemaMode = schemaMode
    self.model = model
    self.latencyS = latencyS
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.costUsd = costUsd
    self.learned = learned
    self.failure = failure
  }
}
