/// How a request ended, as far as it concerns its lane.
package enum PoolOutcome: Sendable, Hashable {
  case answered
  /// This batch has no answer, or must be divided; the server is well.
  case batchFailed(reason: String)
  /// Passing trouble of server or answer.
  case failed(reason: String)
  /// - Parameter wait: what the server asked for; nil or nothing means that it named no time.
  case throttled(wait: Duration?, reason: String)
  /// - Parameter dailyRequests: the day's limit, where the server named it.
  case daySpent(dailyRequests: Int?, reason: String)
  case unreachable(reason: String)
  /// Key, account, model or address are refused.
  case refused(reason: String)
  /// The caller gave up; says nothing about the server.
  case cancelled
  /// It was not sent, for its answer was found elsewhere: as if it had never started.
  case unsent

  package init(_ failure: ExtractionFailure) {
    let reason = failure.reason
    self =
      switch failure.kind {
      case .retry: .failed(reason: reason)
      case .permanent, .split: .batchFailed(reason: reason)
      case .throttled(let wait): .throttled(wait: wait, reason: reason)
      case .daySpent(let requests): .daySpent(dailyRequests: requests, reason: reason)
      case .unreachable: .unreachable(reason: reason)
      case .refused: .refused(reason: reason)
      }
  }

  /// Whether the server did no work for the request.
  var isTurnedAway: Bool {
    switch self {
    case .throttled, .daySpent, .unreachable, .refused, .unsent: true
    case .answered, .batchFailed, .failed, .cancelled: false
    }
  }

  /// Whether the server never saw the request, so that its day does not count it.
  var isUnseen: Bool {
    switch self {
    case .unreachable, .unsent: true
    case .answered, .batchFailed, .failed, .throttled, .daySpent, .refused, .cancelled: false
    }
  }

  /// What went wrong with the lane; nil when nothing did.
  var trouble: String? {
    switch self {
    case .failed(let reason), .throttled(_, let reason), .daySpent(_, let reason),
      .unreachable(let reason), .refused(let reason):
      reason
    case .answered, .batchFailed, .cancelled, .unsent: nil
    }
  }
}
