import CLibAV
import Glibc
import SystemPackage

/// A regular file, read without libav: its size, its bytes and its fingerprint.
final class SourceFile {
  let path: FilePath
  let size: Int64
  private let descriptor: FileDescriptor

  init(_ path: FilePath) throws(MediaFailure) {
    self.path = path
    do {
      // Without O_NONBLOCK a FIFO would wait here for its writer.
      descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw Self.unreadable(error)
    }
    var facts = stat()
    let isStat = fstat(descriptor.rawValue, &facts) == 0
    size = Int64(facts.st_size)
    guard isStat, facts.st_mode & S_IFMT == S_IFREG else {
      throw MediaFailure(.notMedia, "it is not a regular file; put the video itself there")
    }
    guard size > 0 else {
      throw MediaFailure(.notMedia, "the file is empty; copy it again")
    }
  }

  deinit { try? descriptor.close() }

  /// Up to `count` bytes; fewer only at the end.
  func read(at offset: Int64, count: Int) throws(MediaFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var length = 0
    do {
      while length < count {
        let more = try bytes.withUnsafeMutableBytes { buffer in
          try descriptor.read(
            fromAbsoluteOffset: offset + Int64(length),
            into: UnsafeMutableRawBufferPointer(rebasing: buffer[length...]))
        }
        if more == 0 { break }
        length += more
      }
    } catch {
      throw Self.unreadable(error)
    }
    return Array(bytes.prefix(length))
  }

  private static let fingerprintSpan = 64 * 1_024

  /// As `Probe.fingerprint` says.
  func fingerprint() throws(MediaFailure) -> String {
    let head = try read(at: 0, count: Self.fingerprintSpan)
    let tail = try read(
      at: max(0, size - Int64(Self.fingerprintSpan)), count: Self.fingerprintSpan)
    guard let hash = av_sha_alloc() else {
      throw MediaFailure(.internalError, "out of memory; raise the media worker's memory limit")
    }
    defer { av_free(UnsafeMutableRawPointer(hash)) }
    av_sha_init(hash, 256)
    av_sha_update(hash, head, head.count)
    av_sha_update(hash, tail, tail.count)
    var digest = [UInt8](repeating: 0, count: 32)
    av_sha_final(hash, &digest)
    let digits = Array("0123456789abcdef")
    return "\(size)-" + String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  private static func unreadable(_ error: any Error) -> MediaFailure {
    MediaFailure(
      .unreadable, "it can't be read (\(error)); check that it is there and its permissions")
  }
}
