import Foundation
import SystemPackage

/// A small file, read whole.
struct BoundedFile {
  /// At most one byte more than the limit, which tells that the file is longer.
  let bytes: [UInt8]
  /// Whether it is a plain file that more than its owner may read.
  let isReadByOthers: Bool

  /// Waits for a pipe's writer for some seconds, so that `<(command)` may stand for a file. Throws `Errno`.
  init(reading path: FilePath, limit: Int) throws {
    // Non-blocking, for a named pipe would wait for a writer for ever.
    let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    (bytes, isReadByOthers) = try file.closeAfter {
      var status = stat()
      guard fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
      let isPlain = status.st_mode & S_IFMT == S_IFREG
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: min(limit + 1, 1 << 16))
      while bytes.count <= limit {
        let count = try chunk.withUnsafeMutableBytes { try Self.read(file, into: $0) }
        if count == 0 { break }
        bytes += chunk[..<count].prefix(limit + 1 - bytes.count)
      }
      return (bytes, isPlain && status.st_mode & 0o044 != 0)
    }
  }

  private static func read(
    _ file: FileDescriptor, into buffer: UnsafeMutableRawBufferPointer
  ) throws -> Int {
    do {
      return try file.read(into: buffer)
    } catch Errno.resourceTemporarilyUnavailable {
      var waiting = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, writerWait) > 0 else { throw Errno.timedOut }
      return try file.read(into: buffer)
    }
  }

  /// In milliseconds.
  private static let writerWait: Int32 = 5_000
}
