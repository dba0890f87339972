import Synchronization

/// Takes what must be told to nobody out of everything that is logged.
///
/// No caller logs a secret on purpose; this is for what comes from outside, such as a server's error that repeats the
/// key that it refuses.
package final class SecretFilter: Sendable {
  private let secrets = Mutex<[String]>([])

  /// Shorter ones would take harmless text away, and are no keys.
  private static let shortest = 6

  package init() {}

  /// Hides these from now on, besides those of before: an old key stays a secret.
  package func add(_ texts: [String]) {
    secrets.withLock { known in
      for text in texts where text.utf8.count >= Self.shortest && !known.contains(text) {
        known.append(text)
      }
      // One may begin with another.
      known.sort { $0.utf8.count > $1.utf8.count }
    }
  }

  package func hiding(_ text: String) -> String {
    secrets.withLock { known in
      known.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "(hidden)") : $0 }
    }
  }
}
