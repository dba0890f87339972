import Expressions

/// What a provider was asked and paid on one of its days.
package struct DaySpending: Sendable, Hashable {
  package var requests: Int
  package var usage: TokenUsage
  package var usd: Double
  /// The day's limit of requests, where the provider has told it.
  package var requestLimit: Int?
  /// The provider answers nothing more on this day.
  package var isClosed: Bool

  package init(
    requests: Int = 0, usage: TokenUsage = .zero, usd: Double = 0, requestLimit: Int? = nil,
    isClosed: Bool = false
  ) {
    self.requests = requests
    self.usage = usage
    self.usd = usd
    self.requestLimit = requestLimit
    self.isClosed = isClosed
  }
}

/// What a call will be counted as, written before it is made.
package struct Reservation: Sendable, Hashable {
  package var provider: String
  /// The provider's day, such as "2026-11-23".
  package var day: String
  package var requests: Int
  package var usd: Double

  package init(provider: String, day: String, requests: Int = 1, usd: Double) {
    self.provider = provider
    self.day = day
    self.requests = requests
    self.usd = usd
  }
}

/// What a call has really used, once that is known.
package struct Correction: Sendable, Hashable {
  package var provider: String
  package var day: String
  /// Added to what was reserved; -1 for a request that was never sent.
  package var requests: Int
  package var usage: TokenUsage
  /// Added to what was reserved.
  package var usdDelta: Double

  package init(
    provider: String, day: String, requests: Int = 0, usage: TokenUsage, usdDelta: Double
  ) {
    self.provider = provider
    self.day = day
    self.requests = requests
    self.usage = usage
    self.usdDelta = usdDelta
  }
}

/// What a provider was asked and paid over several days.
package struct SpendingTotal: Sendable, Hashable {
  package var provider: String
  package var requests: Int
  package var usage: TokenUsage
  package var usd: Double
}
