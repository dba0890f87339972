import Foundation
import SystemPackage

/// A small file, read whole.
struct BoundedFile {
  /// At most one byte more than the limit, which tells that the file is longer.
  let bytes: [UInt8]
  /// Whether it is a plain file that more than its owner may read.
  let isReadByOthers: Bool

  /// Throws `Errno`.
  init(reading path: FilePath, limit: Int) throws {
    let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
    (bytes, isReadByOthers) = try file.closeAfter {
      var status = stat()
      guard fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
      let isPlain = status.st_mode & S_IFMT == S_IFREG
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: min(limit + 1, 1 << 16))
      while bytes.count <= limit {
        let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
        if count == 0 { break }
        bytes += chunk[..<count].prefix(limit + 1 - bytes.count)
      }
      return (bytes, isPlain && status.st_mode & 0o044 != 0)
    }
  }
}
