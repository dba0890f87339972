import Synchronization

/// One call of `HTTPClient.send`, from its start to its only result.
final class PendingSend: Sendable {
  private typealias Continuation = CheckedContinuation<HTTPResponse, any Error>

  private enum Phase {
    case fresh
    /// Cancelled before the transfer thread could have heard of it.
    case cancelledEarly
    case handedOver(Continuation, isCancelled: Bool)
    case settled
  }

  let request: HTTPRequest
  /// As messages may name it.
  let server: String
  let startedAt: ContinuousClock.Instant
  let deadline: ContinuousClock.Instant
  private let phase = Mutex(Phase.fresh)

  /// - Throws: `HTTPFailure.Kind.invalid`.
  init(_ request: HTTPRequest) throws(HTTPFailure) {
    // A clock can't be advanced without end.
    let longest = Duration.seconds(10 * 365 * 86_400)
    self.request = request
    server = try request.checkedServer()
    startedAt = .now
    deadline = startedAt.advanced(by: min(max(request.timeLimit, .zero), longest))
  }

  /// Suspends the caller until `settle`; `submit` hands this to the transfer thread.
  ///
  /// - Throws: what `settle` was given; `CancellationError` at once if it was cancelled before.
  func result(submit: (PendingSend) -> Void) async throws -> HTTPResponse {
    try await withCheckedThrowingContinuation { continuation in
      let isCancelled = phase.withLock { phase in
        switch phase {
        case .fresh:
          phase = .handedOver(continuation, isCancelled: false)
          return false
        case .cancelledEarly:
          phase = .settled
          return true
        case .handedOver, .settled:
          preconditionFailure("a send is awaited once")
        }
      }
      if isCancelled { continuation.resume(throwing: CancellationError()) } else { submit(self) }
    }
  }

  /// - Returns: whether the transfer thread must be told.
  func cancel() -> Bool {
    phase.withLock { phase in
      switch phase {
      case .fresh:
        phase = .cancelledEarly
        return false
      case .handedOver(let continuation, isCancelled: _):
        phase = .handedOver(continuation, isCancelled: true)
        return true
      case .cancelledEarly, .settled:
        return false
      }
    }
  }

  /// True from before the transfer thread is told of the cancellation: told before it starts this,
  /// it sees it here.
  var isCancelled: Bool {
    phase.withLock { phase in
      switch phase {
      case .handedOver(_, let isCancelled): isCancelled
      case .cancelledEarly: true
      case .fresh, .settled: false
      }
    }
  }

  /// The first result counts.
  func settle(_ result: Result<HTTPResponse, any Error>) {
    let continuation: Continuation? = phase.withLock { phase in
      switch phase {
      case .handedOver(let continuation, isCancelled: _):
        phase = .settled
        return continuation
      case .fresh, .cancelledEarly, .settled:
        return nil
      }
    }
    continuation?.resume(with: result)
  }

  /// The failure of a send whose time limit has passed.
  func lateness(_ progress: String) -> HTTPFailure {
    HTTPFailure(
      kind: .timedOut,
      message: """
        \(server): no whole answer within \(request.timeLimit), \(progress); raise the provider's \
        time limit, or have less done at once.
        """)
  }
}
