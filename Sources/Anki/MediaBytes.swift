import Glibc
import SystemPackage

/// Reads a note's media.
enum MediaBytes {
  /// Of one file, in bytes: far beyond any clip.
  private static let limit = 512 << 20

  /// - Throws: for what is no ordinary file: anyone who may write to the share may have put a link or a pipe there.
  static func read(_ path: FilePath) throws(AnkiError) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(
        path, .readOnly, options: [.closeOnExec, .nonBlocking, .noFollow])
      return try file.closeAfter {
        let end = try file.seek(offset: 0, from: .end)
        guard end <= limit else { throw Errno.fileTooLarge }
        try file.seek(offset: 0, from: .start)
        var bytes = [UInt8](repeating: 0, count: Int(end))
        var filled = 0
        try bytes.withUnsafeMutableBytes { buffer in
          while filled < buffer.count {
            let count = try file.read(
              into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            if count == 0 { break }
            filled += count
          }
        }
        // It is being written: what is there by now is no whole file.
        guard filled == bytes.count else { throw Errno.resourceTemporarilyUnavailable }
        return bytes
      }
    } catch {
      throw AnkiError("a clip's file can't be put into the deck", at: path, error)
    }
  }
}
