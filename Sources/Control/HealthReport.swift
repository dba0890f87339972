/// How the daemon is, from what it knows without waiting for anything.
package struct HealthReport: Sendable, Codable, Equatable {
  package enum Verdict: String, Sendable, Codable {
    case healthy
    /// Libraries are being looked through for the first time.
    case starting
    /// It works, but not all of it.
    case degraded
    /// A stage has given no sign of life for too long.
    case stalled
  }
  package var verdict: Verdict
  /// Why it is not simply healthy, one line each.
  package var reasons: [String]

  package init(verdict: Verdict, reasons: [String] = []) {
    self.verdict = verdict
    self.reasons = reasons
  }
}
