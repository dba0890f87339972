import Foundation

/// What the clients' script asks for by the name of the model.
package enum ClientScenario: String, Sendable, CaseIterable {
  case answer, prose, fence, truncated
  case promptBlocked = "prompt-blocked"
  case answerBlocked = "answer-blocked"
  case rateLimited = "rate-limited"
  case retrySeconds = "retry-seconds"
  case retryDate = "retry-date"
  case retryMilliseconds = "retry-ms"
  case retryInfo = "retry-info"
  case daySpent = "day-spent"
  case noFreeTier = "no-free-tier"
  case moneySpent = "money-spent"
  case parameterRefused = "parameter-refused"
  case schemaRefused = "schema-refused"
  case schemaCrash = "schema-crash"
  case keyRefused = "key-refused"
  case modelUnknown = "model-unknown"
  case internalError = "internal-error"
  case unavailable, overloaded, dropped
  case contextTooLong = "context-too-long"
  /// The body ends before its declared length.
  case bodyCut = "body-cut"

  /// - Parameter isFirst: whether this model was not asked before; only then a client is told to
  ///   come again.
  package func trouble(for request: ModelRequest, isFirst: Bool) -> PlausibleModel.Trouble? {
    switch self {
    case .answer: nil
    case .prose: .flaw(.prose)
    case .fence: .flaw(.fence)
    case .truncated: .flaw(.truncated)
    case .promptBlocked: .finish(.promptBlocked)
    case .answerBlocked: .finish(.answerBlocked)
    case .rateLimited: .fault(.rateLimited(.seconds(7)))
    case .retrySeconds: isFirst ? .fault(.rateLimited(.seconds(1))) : nil
    // Two seconds, because the date has no fractions: the wait is between one and two.
    case .retryDate: isFirst ? .fault(.rateLimited(.date(Date() + 2))) : nil
    case .retryMilliseconds: isFirst ? .fault(.rateLimited(.milliseconds(1250))) : nil
    case .retryInfo: .fault(.rateLimited(.retryInfo(seconds: 51)))
    case .daySpent: .fault(.daySpent(limit: 20))
    case .noFreeTier: .fault(.daySpent(limit: 0, statesValue: false))
    case .moneySpent: .fault(.moneySpent)
    case .parameterRefused:
      .fault(.parameterRefused("max_tokens", instead: "max_completion_tokens"))
    case .schemaRefused: .fault(.schemaRefused)
    case .schemaCrash: .fault(.schemaCrash)
    case .keyRefused: .fault(.keyRefused)
    case .modelUnknown: .fault(.modelUnknown)
    case .internalError: .fault(.internalError)
    case .unavailable: .fault(.unavailable)
    case .overloaded: .fault(.overloaded)
    case .contextTooLong: .fault(.contextTooLong)
    case .dropped: .reply(.dropped)
    case .bodyCut:
      .reply(
        ModelAnswer(String(repeating: "text ", count: 200)).reply(to: request).truncated(to: 99))
    }
  }
}
