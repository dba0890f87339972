import Glibc
import SystemPackage

// Between file systems.
extension Files {
  /// Moves one file to a free name; by a copy where it is another file system. Nothing happens when it was done before.
  /// - Throws: `Errno.fileExists` where another file has the name.
  static func transfer(_ from: FilePath, to: FilePath) throws {
    guard from != to, let facts = facts(of: from), facts.st_mode & S_IFMT == S_IFREG else { return }
    do {
      try renameToFree(from, to)
    } catch Errno.improperLink {
      let draft = to.removingLastComponent()
        .appending(".work \(to.lastComponent?.string ?? "file")")
      try removeFile(draft)
      try copyFile(from, to: draft)
      try sync(draft)
      try renameToFree(draft, to)
      try sync(to.removingLastComponent())
      try removeFile(from)
    } catch Errno.fileExists {
      // A copy that was whole when a kill came before the old one was removed.
      guard let other = Files.facts(of: to), other.st_dev != facts.st_dev,
        other.st_size == facts.st_size
      else { throw Errno.fileExists }
      try removeFile(from)
    }
    try? sync(to.removingLastComponent())
  }

  /// Copies a folder and all in it, following no symbolic link, with times and rights.
  static func copyTree(_ from: FilePath, to: FilePath) throws {
    try makeFolder(to)
    for name in try names(in: from) {
      let (old, new) = (from.appending(name), to.appending(name))
      guard let facts = facts(of: old) else { continue }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR: try copyTree(old, to: new)
      case S_IFREG: try copyFile(old, to: new)
      case S_IFLNK: try copyLink(old, to: new)
      default: throw Errno.notSupported
      }
    }
    try copyFacts(from, to: to)
  }

  private static func copyFile(_ from: FilePath, to: FilePath) throws {
    let source = try FileDescriptor.open(
      from, .readOnly, options: [.closeOnExec, .noFollow, .nonBlocking])
    try source.closeAfter {
      let target = try FileDescriptor.open(
        to, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupReadWrite, .otherRead])
      try target.closeAfter {
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { chunk.deallocate() }
        while true {
          let count = try source.read(into: chunk)
          guard count > 0 else { break }
          try target.writeAll(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
      }
    }
    try copyFacts(from, to: to)
  }

  private static func copyLink(_ from: FilePath, to: FilePath) throws {
    var text = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = from.withPlatformString { readlink($0, &text, text.count - 1) }
    guard count >= 0 else { throw Errno(rawValue: errno) }
    guard to.withPlatformString({ symlink(text, $0) }) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Rights and times, as far as that is allowed.
  private static func copyFacts(_ from: FilePath, to: FilePath) throws {
    guard let facts = facts(of: from) else { return }
    _ = to.withPlatformString { lchown($0, facts.st_uid, facts.st_gid) }
    _ = to.withPlatformString { fchmodat(AT_FDCWD, $0, facts.st_mode & 0o7777, 0) }
    _ = to.withPlatformString { utimensat(AT_FDCWD, $0, [facts.st_atim, facts.st_mtim], 0) }
  }
}
