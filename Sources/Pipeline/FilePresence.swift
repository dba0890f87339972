import Glibc
import SystemPackage

/// Whether a file can be found at a path. Blocks.
enum FilePresence {
  static func isThere(_ path: FilePath) -> Bool {
    var info = stat()
    return path.withPlatformString { stat($0, &info) } == 0
  }
}
