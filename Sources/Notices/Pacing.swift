/// When gathered news is told: once none came for a while and nothing more is on its way, but not for ever.
package struct Gathering: Sendable {
  /// The while, in seconds.
  package var quiet: Double
  /// So many times as long after the first news nothing more is waited for.
  package static let most = 60.0

  package init(quiet: Double) { self.quiet = quiet }

  /// - Parameters:
  ///   - first: when the oldest untold news came, in seconds.
  ///   - last: the newest.
  ///   - moreIsComing: whether episodes are in work.
  package func due(first: Double, last: Double, moreIsComing: Bool) -> Double {
    let limit = first + quiet * Self.most
    // Asked again when that work ends.
    return moreIsComing ? limit : min(last + quiet, limit)
  }
}

/// A receiver's tries while it can't be reached.
package struct Outage: Sendable {
  /// Seconds after the first failure; each further wait is three times as long.
  package var firstWait: Double
  private static let longestWait = 1_800.0
  private static let longestAsked = 3_600.0
  private var failures = 0
  /// Nothing is tried before.
  package private(set) var until: Double = 0

  package init(firstWait: Double = 10) { self.firstWait = firstWait }

  package var isOn: Bool { failures > 0 }

  /// - Parameter asked: what the server asked for, in seconds.
  /// - Returns: whether this is the first failure of the outage, which is worth a word.
  package mutating func failed(at now: Double, asked: Double?) -> Bool {
    var wait = firstWait
    for _ in 0..<min(failures, 10) { wait *= 3 }
    until = now + max(min(wait, Self.longestWait), min(asked ?? 0, Self.longestAsked))
    failures += 1
    return failures == 1
  }

  /// - Returns: whether that ends an outage.
  package mutating func succeeded() -> Bool {
    defer { (failures, until) = (0, 0) }
    return isOn
  }

  /// Somebody may have mended it.
  package mutating func tryAgain() { until = 0 }
}

/// Whether nothing moves although there is work.
package struct StandstillWatch: Sendable {
  private var moves = -1
  private var since: Double?

  package init() {}

  /// - Parameters:
  ///   - moves: a count that grows with everything that gets done.
  ///   - isDue: whether there is work that should move: not where a person has paused it, or a provider's day is used up.
  ///   - now: of a clock that stands still while the machine sleeps, in seconds.
  /// - Returns: for how long nothing has moved, in seconds.
  package mutating func look(moves: Int, isDue: Bool, now: Double) -> Double {
    guard isDue, moves == self.moves, let since else {
      self.moves = moves
      self.since = isDue ? now : nil
      return 0
    }
    return now - since
  }
}
