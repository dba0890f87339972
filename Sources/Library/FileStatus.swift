import CLinux
import Glibc
import SystemPackage

/// What one `statx` says of a file.
struct FileStatus {
  enum Kind {
    case file, folder, link, other

    /// - Parameter entryType: as in a folder's entries, where `DT_UNKNOWN` has to be ruled out before.
    init(entryType: UInt8) {
      self =
        switch Int(entryType) {
        case DT_REG: .file
        case DT_DIR: .folder
        case DT_LNK: .link
        default: .other
        }
    }
  }

  var kind: Kind
  var identity: FileIdentity
  var sizeBytes: Int64
  /// Time of the last change of its content, in nanoseconds since 1970. Programs may set it.
  var modified: Int64
  /// Time of the last change of anything about it, in nanoseconds since 1970. Nobody can set it.
  var changed: Int64
  var owner: UInt32

  /// - Parameter folder: what a relative name is relative to.
  init(
    _ name: UnsafePointer<CChar>, in folder: Int32 = AT_FDCWD, followsLinks: Bool = true
  ) throws(Errno) {
    var status = clinux_status()
    let flags = followsLinks ? 0 : Int32(AT_SYMLINK_NOFOLLOW)
    guard clinux_status_at(folder, name, flags, &status) == 0 else {
      throw Errno(rawValue: errno)
    }
    self.init(status)
  }

  init(of path: FilePath, followsLinks: Bool = true) throws(Errno) {
    var status = clinux_status()
    let flags = followsLinks ? 0 : Int32(AT_SYMLINK_NOFOLLOW)
    let result = path.withPlatformString { clinux_status_at(AT_FDCWD, $0, flags, &status) }
    guard result == 0 else { throw Errno(rawValue: errno) }
    self.init(status)
  }

  /// Of what is open.
  init(ofOpen descriptor: Int32) throws(Errno) {
    var status = clinux_status()
    guard clinux_status_at(descriptor, "", Int32(CLINUX_EMPTY_PATH), &status) == 0 else {
      throw Errno(rawValue: errno)
    }
    self.init(status)
  }

  private init(_ status: clinux_status) {
    kind = Kind(entryType: status.type)
    identity = FileIdentity(device: status.device, inode: status.inode)
    sizeBytes = status.size_bytes
    modified = status.modified
    changed = status.changed
    owner = status.owner
  }
}

extension ObservedFile {
  /// Nil when it is no regular file.
  init?(_ path: @autoclosure () -> FilePath, _ status: FileStatus) {
    guard status.kind == .file else { return nil }
    self.init(
      path: path(), sizeBytes: status.sizeBytes, modified: status.modified,
      device: status.identity.device, inode: status.identity.inode)
  }
}
