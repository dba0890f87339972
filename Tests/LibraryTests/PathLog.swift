import Synchronization
import SystemPackage

/// Paths that a hook was told of, from any thread.
final class PathLog: Sendable {
  private let paths = Mutex<[FilePath]>([])

  func append(_ path: FilePath) {
    paths.withLock { $0.append(path) }
  }

  var all: [FilePath] { paths.withLock { $0 } }

  /// All so far; it is empty afterwards.
  func take() -> [FilePath] {
    paths.withLock { paths in
      defer { paths = [] }
      return paths
    }
  }
}
