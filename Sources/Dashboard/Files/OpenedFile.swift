import Glibc
import SystemPackage

/// A published file, open for reading. What lies at its place is opened link by link below the folder, and only a plain
/// file is taken: no symbolic link, pipe or device that someone with access to the share put there.
final class OpenedFile: Sendable {
  let size: Int64
  /// Tells it from an older file of the same name.
  let tag: String
  private let descriptor: FileDescriptor

  /// Blocks. Nil where there is no such plain file.
  init?(_ file: PublishedFile) {
    guard let parts = Self.parts(of: file.name),
      let folder = try? FileDescriptor.open(
        file.folder, .readOnly, options: [.directory, .closeOnExec, .noFollow])
    else { return nil }
    var current = folder
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      // A pipe must not keep the opening waiting.
      let flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | (isLast ? O_NONBLOCK : O_DIRECTORY)
      let next = openat(current.rawValue, part, flags)
      try? current.close()
      guard next >= 0 else { return nil }
      current = FileDescriptor(rawValue: next)
    }
    guard let facts = Self.facts(of: current) else {
      try? current.close()
      return nil
    }
    descriptor = current
    size = facts.size
    tag = facts.tag
  }

  deinit { try? descriptor.close() }

  /// Blocks. Fewer bytes than asked for where the file is shorter by now.
  func read(_ count: Int, at offset: Int64) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let whole = UnsafeMutableRawBufferPointer(buffer)
      while filled < count {
        let read = try descriptor.read(
          fromAbsoluteOffset: offset + Int64(filled),
          into: UnsafeMutableRawBufferPointer(rebasing: whole[filled...]))
        if read == 0 { break }
        filled += read
      }
    }
  }

  /// The steps to a file: up two folders for a flat one, else down at most one.
  private static func parts(of name: String) -> [String]? {
    var parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var ups: [String] = []
    if parts.count == 3, parts[0] == "..", parts[1] == ".." {
      ups = ["..", ".."]
      parts.removeFirst(2)
    }
    guard ups.isEmpty ? 1...2 ~= parts.count : parts.count == 1,
      parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) })
    else { return nil }
    return ups + parts
  }

  private static func facts(of descriptor: FileDescriptor) -> (size: Int64, tag: String)? {
    guard let info = try? descriptor.stat(), info.type == .regular else { return nil }
    let changed = info.st_mtim
    let numbers = [Int64(info.size), Int64(changed.tv_sec), Int64(changed.tv_nsec)]
    let tag = numbers.map { String($0, radix: 36) }.joined(separator: "-")
    return (Int64(info.size), "\"\(tag)\"")
  }
}
