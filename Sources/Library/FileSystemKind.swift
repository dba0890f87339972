import CLinux

/// A file system on which inotify does not tell what other machines or programs change.
package enum FileSystemKind: Sendable, Hashable {
  case local
  /// With the name that people know it by.
  case remote(String)

  package var isRemote: Bool { self != .local }

  init(ofOpen descriptor: Int32) {
    self.init(magic: clinux_file_system(descriptor))
  }

  /// - Parameter magic: `f_type` of `statfs`.
  package init(magic: Int64) {
    self = Self.remotes[magic].map(FileSystemKind.remote) ?? .local
  }

  /// By `f_type`; from linux/magic.h and the sources of each. `Store` knows the same by their names.
  package static let remotes: [Int64: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB", 0x6573_5546: "FUSE",
    0x0102_1997: "9p", 0x5346_414F: "AFS", 0x6B41_4653: "AFS", 0x00C3_6400: "Ceph",
    0x7375_7245: "Coda", 0x7461_636F: "OCFS2", 0x0116_1970: "GFS2", 0x0BD0_0BD0: "Lustre",
    0x4750_4653: "GPFS", 0x1983_0326: "BeeGFS", 0xAAD7_AAEA: "PanFS",
    0x786F_4256: "VirtualBox shared folder", 0xBACB_ACBC: "VMware shared folder",
    0x7C7C_6673: "Parallels shared folder",
  ]
}
