/// Why a batch has no answer. It is shown as failed, never as 'no expressions here'.
package struct ExtractionFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What follows for the batch and for the provider.
  package enum Kind: Sendable, Hashable {
    /// Passing trouble of server or answer: tried again, and each try counts.
    case retry
    /// This batch will never be answered; the provider is well.
    case permanent
    /// The answer did not fit: the batch is divided in two.
    case split
    /// Too many requests, or the server is overloaded: everybody waits, no try is used up.
    /// - Parameter wait: what the server asked for, if it did.
    case throttled(wait: Duration?)
    /// The provider's day is used up: closed until its next day.
    /// - Parameter dailyRequests: the day's limit, where the server names it.
    case daySpent(dailyRequests: Int?)
    /// The server could not be reached: nobody's fault, no try is used up.
    case unreachable
    /// Key, account, model or address are refused: closed until a person mends it.
    case refused
  }
  package var kind: Kind
  /// What failed and how to mend it.
  package var reason: String
  /// What was used up all the same.
  package var usage: TokenUsage
  /// Requests that the server saw; more than 1 where it was asked in several ways.
  package var requests: Int

  /// - Parameter requests: nil for one, or none where the server could not be reached.
  package init(kind: Kind, reason: String, usage: TokenUsage = .zero, requests: Int? = nil) {
    self.kind = kind
    self.reason = reason
    self.usage = usage
    self.requests = requests ?? (kind == .unreachable ? 0 : 1)
  }

  package var description: String { reason }
}
