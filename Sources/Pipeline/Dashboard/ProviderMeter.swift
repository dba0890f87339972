import Dashboard
import Expressions
import Synchronization

/// Counts what providers did since the start: answers and how long they took, failures and their kinds.
final class ProviderMeter: Sendable {
  struct Reading: Sendable {
    var latency = Histogram(bounds: bounds)
    /// By kind.
    var failures: [String: Int] = [:]
  }

  /// In seconds: from a lexicon's milliseconds to the longest that a provider may take.
  private static let bounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300]

  private let readings = Mutex<[String: Reading]>([:])

  func answered(_ provider: String, _ latency: Duration) {
    readings.withLock { $0[provider, default: Reading()].latency.observe(latency.seconds) }
  }

  func failed(_ provider: String, _ kind: ExtractionFailure.Kind) {
    let name =
      switch kind {
      case .retry: "retry"
      case .permanent: "permanent"
      case .split: "split"
      case .throttled: "throttled"
      case .daySpent: "day_spent"
      case .unreachable: "unreachable"
      case .refused: "refused"
      }
    readings.withLock { $0[provider, default: Reading()].failures[name, default: 0] += 1 }
  }

  func reading(of provider: String) -> Reading { readings.withLock { $0[provider] ?? Reading() } }
}
