import Glibc
import SystemPackage
import Testing

/// A temporary folder, removed with all in it when the last test value lets go of it.
final class TestFolder: Sendable {
  let path: FilePath

  init() throws {
    var template = Array("/tmp/langflix-library-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    path = FilePath(platformString: template)
  }

  deinit {
    Self.remove(path)
  }

  subscript(_ relative: FilePath) -> FilePath { path.pushing(relative) }

  @discardableResult
  func makeFolder(_ relative: FilePath) throws -> FilePath {
    let folder = self[relative]
    try Self.makeFolders(folder)
    return folder
  }

  /// Writes a file, and the folders above it that are missing.
  @discardableResult
  func write(_ relative: FilePath, bytes: Int = 8, modified seconds: Int? = nil) throws -> FilePath
  {
    let file = self[relative]
    try Self.makeFolders(file.removingLastComponent())
    try Self.append(bytes, to: file)
    if let seconds {
      let time = timespec(tv_sec: seconds, tv_nsec: 0)
      try check(file.withPlatformString { utimensat(AT_FDCWD, $0, [time, time], 0) })
    }
    return file
  }

  func move(_ from: FilePath, to target: FilePath) throws {
    try check(
      from.withPlatformString { source in target.withPlatformString { rename(source, $0) } })
  }

  func link(_ from: FilePath, to relative: FilePath) throws {
    try check(
      from.withPlatformString { source in
        self[relative].withPlatformString { Glibc.link(source, $0) }
      })
  }

  func symlink(_ from: FilePath, to relative: FilePath) throws {
    try check(
      from.withPlatformString { source in
        self[relative].withPlatformString { Glibc.symlink(source, $0) }
      })
  }

  func setMode(_ mode: mode_t, of relative: FilePath) throws {
    try check(self[relative].withPlatformString { chmod($0, mode) })
  }

  static func append(_ bytes: Int, to file: FilePath) throws {
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create, .append, .closeOnExec],
      permissions: [.ownerReadWrite, .groupRead])
    _ = try descriptor.closeAfter {
      try descriptor.writeAll([UInt8](repeating: 0x61, count: bytes))
    }
  }

  /// Follows no symbolic link, and does what it can.
  static func remove(_ path: FilePath) {
    if path.withPlatformString({ unlink($0) }) == 0 { return }
    _ = path.withPlatformString { chmod($0, 0o700) }
    guard let stream = path.withPlatformString({ opendir($0) }) else { return }
    var names: [FilePath.Component] = []
    while let entry = readdir(stream) {
      let name = UnsafeRawPointer(entry)
        .advanced(by: MemoryLayout<dirent>.offset(of: \.d_name) ?? 19)
        .assumingMemoryBound(to: CChar.self)
      if let name = FilePath.Component(platformString: name), name.kind == .regular {
        names.append(name)
      }
    }
    closedir(stream)
    for name in names { remove(path.appending(name)) }
    _ = path.withPlatformString { rmdir($0) }
  }

  private static func makeFolders(_ folder: FilePath) throws {
    if folder.withPlatformString({ mkdir($0, 0o755) }) == 0 || errno == EEXIST { return }
    guard errno == ENOENT else { throw Errno(rawValue: errno) }
    try makeFolders(folder.removingLastComponent())
    try check(folder.withPlatformString { mkdir($0, 0o755) })
  }
}

private func check(_ result: Int32) throws {
  guard result == 0 else { throw Errno(rawValue: errno) }
}

extension FilePath.Component {
  /// A name of any bytes but zero and the slash.
  static func bytes(_ bytes: [UInt8]) throws -> FilePath.Component {
    try #require(
      FilePath.Component(platformString: bytes.map(CChar.init(bitPattern:)) + [0]))
  }
}
