import Glibc
import SystemPackage

/// Whether a file can be found at a path. Blocks.
enum FilePresence: Sendable {
  case there
  case gone
  /// The file system does not say: no permission, a broken disk, a share that is away.
  case unknown

  static func of(_ path: FilePath) -> FilePresence {
    do {
      _ = try path.stat()
      return .there
    } catch {
      return error == .noSuchFileOrDirectory || error == .notDirectory ? .gone : .unknown
    }
  }

  /// The same for a file in a library: while the library's root is empty or away, as an unmounted share is, nothing in
  /// it is gone.
  static func of(_ path: FilePath, inLibrary root: FilePath?) -> FilePresence {
    let presence = of(path)
    guard presence == .gone, let root else { return presence }
    guard let stream = root.withPlatformString({ opendir($0) }) else { return .unknown }
    defer { closedir(stream) }
    // Two of them are the folder itself and the one above.
    for _ in 0..<3 where readdir(stream) == nil { return .unknown }
    return .gone
  }
}
