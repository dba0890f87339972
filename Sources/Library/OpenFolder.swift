import CLinux
import Glibc
import SystemPackage

/// A folder that is open for listing. Its entries are read when they are asked for, not when it is
/// opened.
struct OpenFolder: ~Copyable {
  struct Entry {
    /// Valid until the next entry is asked for.
    var name: EntryName
    var kind: FileStatus.Kind
  }

  let path: FilePath
  /// As it was before its first entry was read.
  let status: FileStatus
  let descriptor: Int32
  private let buffer: UnsafeMutableRawPointer
  private var offset = 0
  private var filled = 0

  var identity: FileIdentity { status.identity }

  /// Follows symbolic links. Throws what opening says, `notDirectory` for a file.
  init(_ path: FilePath) throws(Errno) {
    let descriptor = path.withPlatformString {
      Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
    }
    guard descriptor >= 0 else { throw Errno(rawValue: errno) }
    do throws(Errno) {
      status = try FileStatus(ofOpen: descriptor)
    } catch {
      _ = close(descriptor)
      throw error
    }
    self.path = path
    self.descriptor = descriptor
    buffer = .allocate(byteCount: Self.bufferSize, alignment: 8)
  }

  deinit {
    buffer.deallocate()
    _ = close(descriptor)
  }

  /// The next entry in the file system's order, or nil after the last.
  mutating func next() throws(Errno) -> Entry? {
    while true {
      if offset >= filled {
        filled = try fill()
        offset = 0
        if filled == 0 { return nil }
      }
      // struct linux_dirent64: inode 8 bytes, offset 8, length of the record 2, type 1, the name.
      let record = buffer + offset
      offset += Int(record.loadUnaligned(fromByteOffset: 16, as: UInt16.self))
      let type = record.load(fromByteOffset: 18, as: UInt8.self)
      let name = EntryName(UnsafeRawPointer(record + 19).assumingMemoryBound(to: CChar.self))
      guard !name.isSelfOrParent else { continue }
      return Entry(name: name, kind: kind(of: name, type: type))
    }
  }

  private func fill() throws(Errno) -> Int {
    while true {
      let count = clinux_read_folder(descriptor, buffer, UInt(Self.bufferSize))
      if count >= 0 { return count }
      if errno != EINTR { throw Errno(rawValue: errno) }
    }
  }

  /// A regular file in this folder, reached through links too; nil for anything else.
  func observe(_ name: EntryName) -> ObservedFile? {
    guard let status = try? FileStatus(name.start, in: descriptor) else { return nil }
    return ObservedFile(path(of: name), status)
  }

  func path(of name: EntryName) -> FilePath {
    path.withPlatformString { folder in
      let length = strlen(folder)
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: length + name.count + 2) {
        guard let start = $0.baseAddress else { return path }
        memcpy(start, folder, length)
        start[length] = 0x2F
        memcpy(start + length + 1, name.start, name.count + 1)
        return FilePath(platformString: start)
      }
    }
  }

  private func kind(of name: EntryName, type: UInt8) -> FileStatus.Kind {
    guard type == DT_UNKNOWN else { return FileStatus.Kind(entryType: type) }
    return (try? FileStatus(name.start, in: descriptor, followsLinks: false))?.kind ?? .other
  }

  private static let bufferSize = 32_768
}

extension EntryName {
  fileprivate var isSelfOrParent: Bool {
    start[0] == 0x2E && (count == 1 || count == 2 && start[1] == 0x2E)
  }
}
