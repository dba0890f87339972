import Glibc
import SystemPackage

/// What is free on a file system, quotas included where the file system tells them so. Blocks.
enum DiskSpace {
  /// In bytes, for this user; nil where it can't be told.
  static func free(at path: FilePath) -> Int64? {
    var folder = path
    var info = statvfs()
    while folder.withPlatformString({ statvfs($0, &info) }) != 0 {
      guard errno == ENOENT, folder.removeLastComponent() else { return nil }
    }
    return Int64(clamping: UInt64(info.f_bavail) * UInt64(info.f_frsize))
  }
}
