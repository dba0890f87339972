import Glibc
import SystemPackage

/// What is mounted where, as the kernel tells it.
struct MountTable: Sendable {
  struct Mount: Sendable, Hashable {
    var point: String
    /// Such as "ext4", "nfs4" or "fuse.sshfs".
    var kind: String
  }

  let mounts: [Mount]

  /// Of this process; empty where it can't be read.
  static var current: MountTable {
    var bytes: [UInt8] = []
    guard
      let file = try? FileDescriptor.open("/proc/self/mountinfo", .readOnly, options: .closeOnExec)
    else { return MountTable("") }
    defer { try? file.close() }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while let count = try? buffer.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
      bytes += buffer[..<count]
    }
    return MountTable(String(decoding: bytes, as: UTF8.self))
  }

  /// - Parameter text: the lines of `/proc/…/mountinfo`.
  init(_ text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash > 4, dash + 1 < fields.count else {
        return nil
      }
      return Mount(point: Self.unescaped(fields[4]), kind: String(fields[dash + 1]))
    }
  }

  /// The mount that a path is on.
  func mount(of path: FilePath) -> Mount? {
    let real =
      path.withPlatformString { text -> String? in
        guard let resolved = realpath(text, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
      } ?? path.string
    return mount(ofResolved: real)
  }

  /// Of several with the same point the last one covers the others.
  func mount(ofResolved path: String) -> Mount? {
    mounts.reduce(nil) { best, mount in
      let isAbove =
        mount.point == "/" || path == mount.point || path.hasPrefix(mount.point + "/")
      return isAbove && mount.point.utf8.count >= best?.point.utf8.count ?? 0 ? mount : best
    }
  }

  /// Spaces and the like are written as a backslash with three octal digits.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(field.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      if byte == UInt8(ascii: "\\"), digits.count == 3,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      {
        bytes.append(code)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension MountTable.Mount {
  /// Whether locks and shared memory of SQLite can't be relied on there: another machine, or a program in between.
  var isRemote: Bool {
    Self.remoteKinds.contains(kind) || kind.hasPrefix("fuse.")
  }

  /// The same that the library's scans call remote, by the names that `mountinfo` has for them; but for `fuseblk`, a disk
  /// of this machine, on which nobody else changes anything.
  private static let remoteKinds: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "coda",
    "ocfs2", "gfs2",
    "gpfs", "beegfs", "panfs", "vboxsf", "vmhgfs", "prl_fs", "fuse",
  ]
}
