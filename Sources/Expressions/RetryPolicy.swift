/// When a step that failed for a passing reason is tried again.
package struct RetryPolicy: Sendable, Hashable {
  /// Waits between the attempts; after the last one the step has failed for good.
  package var waits: [Duration]

  package init(waits: [Duration] = [.seconds(15), .seconds(60), .seconds(300), .seconds(1_800)]) {
    self.waits = waits
  }

  /// The wait after so many failed attempts (from 1), or nil when there is no further one: within a fifth of what
  /// `waits` says, so that what failed together does not come back together.
  /// - Parameter random: from 0 to 1.
  package func wait(afterAttempt attempt: Int, random: Double) -> Duration? {
    guard waits.indices.contains(attempt - 1) else { return nil }
    return waits[attempt - 1] * (0.8 + 0.4 * random)
  }
}
