import Glibc
import SystemPackage

/// A folder that is open for listing. Its entries are read when they are asked for, not when it is
/// opened.
struct OpenFolder: ~Copyable {
  enum EntryKind { case file, folder, link, other }

  struct Entry {
    var name: FilePath.Component
    var kind: EntryKind
  }

  let path: FilePath
  let identity: FileIdentity
  private let stream: OpaquePointer

  /// Follows symbolic links. Throws what opening says, `notDirectory` for a file.
  init(_ path: FilePath) throws(Errno) {
    let descriptor = path.withPlatformString {
      Glibc.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
    }
    guard descriptor >= 0 else { throw Errno(rawValue: errno) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, let stream = fdopendir(descriptor) else {
      let error = Errno(rawValue: errno)
      _ = close(descriptor)
      throw error
    }
    self.path = path
    self.identity = FileIdentity(info)
    self.stream = stream
  }

  deinit {
    closedir(stream)
  }

  /// The next entry in the file system's order, or nil after the last.
  func next() throws(Errno) -> Entry? {
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return nil
      }
      // A record ends with its name: the fixed array that the type declares may reach beyond the
      // buffer.
      let name = UnsafeRawPointer(entry).advanced(by: Self.nameOffset)
        .assumingMemoryBound(to: CChar.self)
      guard let name = FilePath.Component(platformString: name), name.kind == .regular else {
        continue
      }
      return Entry(name: name, kind: kind(of: name, type: entry.pointee.d_type))
    }
  }

  /// A regular file in this folder, reached through links too; nil for anything else.
  func observe(_ name: FilePath.Component) -> ObservedFile? {
    var info = stat()
    let result = name.withPlatformString { fstatat(dirfd(stream), $0, &info, 0) }
    guard result == 0 else { return nil }
    return ObservedFile(path.appending(name), info)
  }

  private func kind(of name: FilePath.Component, type: UInt8) -> EntryKind {
    switch Int(type) {
    case DT_REG: return .file
    case DT_DIR: return .folder
    case DT_LNK: return .link
    case DT_UNKNOWN: break
    default: return .other
    }
    var info = stat()
    let result = name.withPlatformString {
      fstatat(dirfd(stream), $0, &info, Int32(AT_SYMLINK_NOFOLLOW))
    }
    guard result == 0 else { return .other }
    switch info.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .other
    }
  }

  private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
}

extension ObservedFile {
  /// Nil when it is no regular file.
  init?(_ path: FilePath, _ info: stat) {
    guard info.st_mode & S_IFMT == S_IFREG else { return nil }
    let identity = FileIdentity(info)
    self.init(
      path: path, sizeBytes: Int64(info.st_size),
      modified: Int64(info.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(info.st_mtim.tv_nsec),
      device: identity.device, inode: identity.inode)
  }
}
