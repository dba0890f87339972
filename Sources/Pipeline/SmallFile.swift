import SystemPackage

/// Reads files that fit into memory. Blocks; throws `Errno`.
enum SmallFile {
  /// At most `limit` bytes and one more, so that the reader of the bytes can see that there were too many.
  static func read(_ path: FilePath, limit: Int) throws -> [UInt8] {
    // Non-blocking, for a named pipe would wait for a writer for ever.
    let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    return try file.closeAfter {
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
}
