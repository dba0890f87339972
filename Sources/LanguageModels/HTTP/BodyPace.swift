/// Tells when a body has come too slowly for too long.
///
/// Each byte buys the time that it may take at the lowest speed, up to `patience` in all. So a body
/// that stops is given up `patience` later, and one that keeps up with the lowest speed never.
package struct BodyPace {
  /// Bytes a second; 0: no limit.
  package let lowestSpeed: Int
  package let patience: Duration
  /// Nil before the body has begun.
  package private(set) var deadline: ContinuousClock.Instant?

  package init(lowestSpeed: Int, patience: Duration) {
    self.lowestSpeed = lowestSpeed
    self.patience = patience
  }

  package mutating func received(_ count: Int, at now: ContinuousClock.Instant) {
    guard lowestSpeed > 0 else { return }
    let latest = now.advanced(by: patience)
    guard let deadline else {
      self.deadline = latest
      return
    }
    let bought = Duration.seconds(1) * count / lowestSpeed
    // A check that comes late must not be held against the server.
    self.deadline = min(latest, max(deadline, now).advanced(by: bought))
  }
}
