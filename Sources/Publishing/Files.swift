import DurableSteps
import Glibc
import SystemPackage

/// The few file calls that publishing needs, over raw path bytes: names need not be UTF-8. Everything throws `Errno`.
enum Files {
  static func exists(_ path: FilePath) -> Bool {
    path.withPlatformString { access($0, F_OK) } == 0
  }

  /// Whether there is surely nothing at a path: a broken disk says neither.
  static func isGone(_ path: FilePath) -> Bool {
    var info = stat()
    guard path.withPlatformString({ lstat($0, &info) }) != 0 else { return false }
    return [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno)
  }

  static func makeFolder(_ path: FilePath) throws {
    DurableStep.pass()
    try check(path.withPlatformString { mkdir($0, 0o777) })
  }

  static func makeFolderUnlessThere(_ path: FilePath) throws {
    DurableStep.pass()
    try check(path.withPlatformString { mkdir($0, 0o777) }, ignoring: EEXIST)
  }

  /// Makes a folder and those above it that are missing.
  static func makeFolders(_ path: FilePath) throws {
    guard !exists(path) else { return }
    try makeFolders(path.removingLastComponent())
    try check(path.withPlatformString { mkdir($0, 0o777) }, ignoring: EEXIST)
  }

  /// - Throws: `Errno.fileTooLarge` beyond `limit` bytes, and `Errno.invalidArgument` for what is no ordinary file.
  static func read(_ path: FilePath, limit: Int, followsLinks: Bool = true) throws -> [UInt8] {
    // Anyone who may write to the share may have put a named pipe there: opening it must not wait for a writer.
    let file = try FileDescriptor.open(
      path, .readOnly,
      options: followsLinks
        ? [.closeOnExec, .nonBlocking] : [.closeOnExec, .nonBlocking, .noFollow])
    return try file.closeAfter {
      var info = stat()
      try check(fstat(file.rawValue, &info))
      guard info.st_mode & S_IFMT == S_IFREG else { throw Errno.invalidArgument }
      guard info.st_size <= limit else { throw Errno.fileTooLarge }
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 65_536)
      while bytes.count <= limit {
        let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
        if count == 0 { break }
        bytes += chunk[..<count]
      }
      return bytes
    }
  }

  /// The first bytes of an ordinary file.
  static func head(of path: FilePath, count: Int) throws -> [UInt8] {
    let file = try FileDescriptor.open(
      path, .readOnly, options: [.closeOnExec, .nonBlocking, .noFollow])
    return try file.closeAfter {
      var info = stat()
      try check(fstat(file.rawValue, &info))
      guard info.st_mode & S_IFMT == S_IFREG else { throw Errno.invalidArgument }
      var bytes = [UInt8](repeating: 0, count: count)
      let read = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
      return Array(bytes.prefix(read))
    }
  }

  static func removeFolder(_ path: FilePath) throws {
    DurableStep.pass()
    try check(path.withPlatformString { rmdir($0) })
  }

  static func write(_ text: String, to path: FilePath) throws {
    DurableStep.pass()
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate, .closeOnExec],
      permissions: [.ownerReadWrite, .groupReadWrite, .otherRead])
    _ = try file.closeAfter { try file.writeAll(Array(text.utf8)) }
  }

  /// Writes a file that must not be there yet, also not as a link or a pipe that somebody else has put there.
  static func create(_ text: String, at path: FilePath) throws {
    DurableStep.pass()
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
      permissions: [.ownerReadWrite, .groupReadWrite, .otherRead])
    _ = try file.closeAfter { try file.writeAll(Array(text.utf8)) }
  }

  static func rename(_ from: FilePath, _ to: FilePath) throws {
    DurableStep.pass()
    try check(
      from.withPlatformString { source in
        to.withPlatformString { target in Glibc.rename(source, target) }
      })
  }

  /// Swaps two folders in one step; where the file system can't, the second is moved aside first.
  static func exchange(_ first: FilePath, _ second: FilePath) throws {
    DurableStep.pass()
    if let renameAt {
      let swapped = first.withPlatformString { source in
        second.withPlatformString { target in
          renameAt(AT_FDCWD, source, AT_FDCWD, target, renameExchange)
        }
      }
      guard swapped != 0 else { return }
      guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else { throw Errno(rawValue: errno) }
    }
    let aside = first.removingLastComponent()
      .appending("\(first.lastComponent?.string ?? ".old") aside")
    guard !exists(aside) else { throw Errno.fileExists }
    try rename(second, aside)
    try rename(first, second)
    try rename(aside, first)
  }

  /// Renames what has no other in its way.
  /// - Throws: `Errno.fileExists` where there is something under the new name.
  static func renameToFree(_ from: FilePath, _ to: FilePath) throws {
    DurableStep.pass()
    if let renameAt {
      let result = from.withPlatformString { source in
        to.withPlatformString { target in
          renameAt(AT_FDCWD, source, AT_FDCWD, target, renameNoReplace)
        }
      }
      guard result != 0 else { return }
      guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else { throw Errno(rawValue: errno) }
    }
    // Network file systems may not know the flag; the moment between look and rename is theirs.
    guard facts(of: to) == nil else { throw Errno.fileExists }
    try rename(from, to)
  }

  private typealias RenameAt =
    @convention(c) (
      Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
    ) -> Int32

  /// renameat2(2), which the C library has but Swift's import of it does not show.
  private static let renameAt = dlsym(nil, "renameat2").map {
    unsafeBitCast($0, to: RenameAt.self)
  }

  /// `RENAME_EXCHANGE` of linux/fs.h.
  private static let renameExchange: UInt32 = 2
  /// `RENAME_NOREPLACE` of linux/fs.h.
  private static let renameNoReplace: UInt32 = 1

  static func sync(_ path: FilePath) throws {
    DurableStep.pass()
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    try file.closeAfter {
      // Some file systems know no sync of folders.
      try check(fsync(file.rawValue), ignoring: EINVAL)
    }
  }

  static func syncTree(_ folder: FilePath) throws {
    for name in try names(in: folder) {
      let file = folder.appending(name)
      if isFolder(file) { try syncTree(file) } else { try sync(file) }
    }
    try sync(folder)
  }

  /// Of a file, or of a link itself.
  static func facts(of path: FilePath) -> stat? {
    var info = stat()
    return path.withPlatformString { lstat($0, &info) } == 0 ? info : nil
  }

  /// A folder and all in it, following no symbolic link; what can't be read is left out.
  static func tree(_ folder: FilePath) -> [FilePath] {
    let names = (try? names(in: folder)) ?? []
    return [folder]
      + names.flatMap { name in
        let file = folder.appending(name)
        return isFolder(file) ? tree(file) : [file]
      }
  }

  static func isFolder(_ path: FilePath) -> Bool {
    facts(of: path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  static func isLink(_ path: FilePath) -> Bool {
    facts(of: path).map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
  }

  static func isOrdinary(_ path: FilePath) -> Bool {
    facts(of: path).map { $0.st_mode & S_IFMT == S_IFREG } ?? false
  }

  static func names(in folder: FilePath) throws -> [FilePath.Component] {
    try entries(in: folder).map(\.name)
  }

  /// The folders in a folder; not those that are links.
  static func folders(in folder: FilePath) throws -> [FilePath.Component] {
    try entries(in: folder).filter { entry in
      // Some file systems don't tell the kind of an entry.
      entry.kind == DT_DIR || entry.kind == DT_UNKNOWN && isFolder(folder.appending(entry.name))
    }.map(\.name)
  }

  private static func entries(
    in folder: FilePath
  ) throws -> [(name: FilePath.Component, kind: Int)] {
    guard let stream = folder.withPlatformString({ opendir($0) }) else {
      throw Errno(rawValue: errno)
    }
    defer { closedir(stream) }
    var entries: [(name: FilePath.Component, kind: Int)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) {
          FilePath.Component(platformString: $0)
        }
      }
      if let name, name.kind == .regular { entries.append((name, Int(entry.pointee.d_type))) }
    }
    return entries
  }

  /// Removes a file or a link; nothing happens to a folder, or when there is nothing.
  static func removeFile(_ path: FilePath) throws {
    DurableStep.pass()
    guard let facts = facts(of: path), facts.st_mode & S_IFMT != S_IFDIR else { return }
    try check(path.withPlatformString { unlink($0) }, ignoring: ENOENT)
  }

  /// Removes a folder and all in it, following no symbolic link; nothing happens when there is none.
  static func removeTree(_ path: FilePath) throws {
    DurableStep.pass()
    var info = stat()
    guard path.withPlatformString({ lstat($0, &info) }) == 0 else { return }
    guard info.st_mode & S_IFMT == S_IFDIR else {
      try check(path.withPlatformString { unlink($0) })
      return
    }
    for name in try names(in: path) { try removeTree(path.appending(name)) }
    try check(path.withPlatformString { rmdir($0) })
  }

  private static func check(_ result: Int32, ignoring ignored: Int32? = nil) throws {
    guard result != 0, errno != ignored else { return }
    throw Errno(rawValue: errno)
  }
}
