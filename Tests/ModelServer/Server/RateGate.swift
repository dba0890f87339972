import Synchronization

/// Lets a number of requests through in any window of time, and counts what it refuses.
package final class RateGate: Sendable {
  package struct Counts: Sendable, Hashable {
    package var admitted: Int
    package var refused: Int

    package init(admitted: Int = 0, refused: Int = 0) {
      self.admitted = admitted
      self.refused = refused
    }

    /// The refused among all, 0 to 1; 0 when there were none.
    package var refusedShare: Double {
      admitted + refused == 0 ? 0 : Double(refused) / Double(admitted + refused)
    }
  }

  private struct Decision {
    var at: ContinuousClock.Instant
    var isAdmitted: Bool
  }
  private struct State {
    var decisions: [Decision] = []
    /// Times of the admitted requests, oldest first; those before `oldest` have left the window.
    var admitted: [ContinuousClock.Instant] = []
    var oldest = 0
  }

  package let requests: Int
  /// The window as it is kept: scaled.
  package let window: Duration
  private let state = Mutex(State())

  /// - Parameters:
  ///   - requests: how many the window has room for.
  ///   - timeScale: shortens the window for tests; 0.1 makes six seconds of a minute.
  package init(requests: Int, window: Duration = .seconds(60), timeScale: Double = 1) {
    precondition(requests > 0 && timeScale > 0, "a gate needs room and time")
    self.requests = requests
    self.window = window * timeScale
  }

  /// Decides on a request and counts it. Refused ones take no room.
  /// - Returns: nil when it may pass, or else how long until there is room.
  package func admit(at now: ContinuousClock.Instant = .now) -> Duration? {
    state.withLock { state in
      while state.oldest < state.admitted.count, state.admitted[state.oldest] + window <= now {
        state.oldest += 1
      }
      let isAdmitted = state.admitted.count - state.oldest < requests
      state.decisions.append(Decision(at: now, isAdmitted: isAdmitted))
      if isAdmitted {
        state.admitted.append(now)
        return nil
      }
      return state.admitted[state.oldest] + window - now
    }
  }

  package var counts: Counts { counts(after: .zero) }

  /// What was decided later than so long after the first request, such as `gate.window`.
  package func counts(after start: Duration) -> Counts {
    state.withLock { state in
      guard let first = state.decisions.first?.at else { return Counts() }
      return state.decisions.reduce(into: Counts()) { counts, decision in
        guard decision.at >= first + start else { return }
        if decision.isAdmitted { counts.admitted += 1 } else { counts.refused += 1 }
      }
    }
  }
}
