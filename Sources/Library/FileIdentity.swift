import Glibc
import SystemPackage

/// What a path leads to, whatever its name: a second path with the same identity is a link or a
/// bind mount.
struct FileIdentity: Hashable {
  var device: UInt64
  var inode: UInt64

  init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  /// Follows symbolic links.
  init(of path: FilePath) throws(Errno) {
    self = try FileStatus(of: path).identity
  }
}

extension FilePath {
  /// Whether there is truly nothing at this path; false when that can't be told.
  var isAbsent: Bool {
    do throws(Errno) {
      _ = try FileStatus(of: self, followsLinks: false)
      return false
    } catch {
      return error == .noSuchFileOrDirectory || error == .notDirectory
    }
  }

  /// Order by bytes: the same on every machine, whatever the names are encoded in.
  func precedes(_ other: FilePath) -> Bool {
    withPlatformString { mine in other.withPlatformString { strcmp(mine, $0) < 0 } }
  }
}
