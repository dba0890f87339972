import SystemPackage

/// A regular file as one look at it saw it.
package struct ObservedFile: Sendable, Hashable {
  package var path: FilePath
  package var sizeBytes: Int64
  /// Time of the last change of its content, in nanoseconds since 1970.
  package var modified: Int64
  package var device: UInt64
  package var inode: UInt64

  package init(
    path: FilePath, sizeBytes: Int64, modified: Int64, device: UInt64 = 0, inode: UInt64 = 0
  ) {
    self.path = path
    self.sizeBytes = sizeBytes
    self.modified = modified
    self.device = device
    self.inode = inode
  }
}
