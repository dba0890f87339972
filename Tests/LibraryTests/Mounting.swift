import Glibc
import SystemPackage

/// Mounts of a test's own, below its own folder.
enum Mounting {
  /// Root in a container may lack the right.
  static let isAllowed: Bool = {
    guard geteuid() == 0, let folder = try? TestFolder(), (try? tmpfs(at: folder.path)) != nil
    else { return false }
    unmount(folder.path)
    return true
  }()

  static let hasBindfs =
    isAllowed && access("/dev/fuse", R_OK | W_OK) == 0
    && ["/usr/bin/bindfs", "/usr/local/bin/bindfs"].contains { (path: String) in
      access(path, X_OK) == 0
    }

  static func tmpfs(at path: FilePath) throws {
    try mount("tmpfs", at: path, type: "tmpfs", flags: 0)
  }

  static func bind(_ source: FilePath, at path: FilePath) throws {
    try mount(source.string, at: path, type: nil, flags: UInt(MS_BIND))
  }

  private static func mount(
    _ source: String, at path: FilePath, type: String?, flags: UInt
  ) throws {
    let result = path.withPlatformString { Glibc.mount(source, $0, type, flags, nil) }
    guard result == 0 else { throw Errno(rawValue: errno) }
  }

  /// Foundation's `Process` would wait for the file system's own process too.
  static func bindfs(_ source: FilePath, at path: FilePath) throws {
    guard system("bindfs '\(source)' '\(path)'") == 0 else { throw Errno.ioError }
  }

  /// At once, also where it is in use still.
  static func unmount(_ path: FilePath) {
    _ = path.withPlatformString { umount2($0, Int32(MNT_DETACH)) }
  }
}
