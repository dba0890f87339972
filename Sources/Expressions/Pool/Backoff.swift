/// How long to wait before trying again.
package enum Backoff {
  /// The longest wait of an attempt (from 1): `base`, doubled for each further one, up to `cap`.
  package static func ceiling(attempt: Int, base: Duration, cap: Duration) -> Duration {
    var wait = min(base, cap)
    var doublings = attempt - 1
    while doublings > 0, wait > .zero, wait < cap {
      wait = min(wait * 2, cap)
      doublings -= 1
    }
    return wait
  }

  /// Anything up to that ceiling, so that what failed together does not come back together.
  /// - Parameter random: from 0 to 1.
  package static func fullJitter(
    attempt: Int, base: Duration, cap: Duration, random: Double
  ) -> Duration {
    ceiling(attempt: attempt, base: base, cap: cap) * random
  }

  /// Between half of that ceiling and the ceiling.
  /// - Parameter random: from 0 to 1.
  package static func upperJitter(
    attempt: Int, base: Duration, cap: Duration, random: Double
  ) -> Duration {
    ceiling(attempt: attempt, base: base, cap: cap) * (0.5 + random / 2)
  }
}
