import Glibc
import SystemPackage

/// What a path leads to, whatever its name: a second path with the same identity is a link or a
/// bind mount.
struct FileIdentity: Hashable {
  var device: UInt64
  var inode: UInt64

  init(_ info: stat) {
    device = UInt64(info.st_dev)
    inode = UInt64(info.st_ino)
  }

  /// Follows symbolic links.
  init(of path: FilePath) throws(Errno) {
    var info = stat()
    guard path.withPlatformString({ stat($0, &info) }) == 0 else { throw Errno(rawValue: errno) }
    self.init(info)
  }
}

extension FilePath {
  /// Whether there is truly nothing at this path; false when that can't be told.
  var isAbsent: Bool {
    var info = Glibc.stat()
    guard withPlatformString({ lstat($0, &info) }) != 0 else { return false }
    return errno == ENOENT || errno == ENOTDIR
  }

  /// Order by bytes: the same on every machine, whatever the names are encoded in.
  func precedes(_ other: FilePath) -> Bool {
    withPlatformString { mine in other.withPlatformString { strcmp(mine, $0) < 0 } }
  }
}
