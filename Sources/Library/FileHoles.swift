import CLinux
import Glibc
import SystemPackage

/// Whether pieces of a file were never written: download clients set a file's size at once and
/// fill it in any order. Blocks.
enum FileHoles {
  /// A video holds no run of zeros as long as this, and no piece of a download is shorter.
  static let leastBytes: Int64 = 65_536

  /// False too when it can't be told: some file systems know no holes.
  static func areIn(_ path: FilePath) -> Bool {
    let descriptor = path.withPlatformString {
      open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    }
    guard descriptor >= 0 else { return false }
    defer { _ = close(descriptor) }
    guard let size = try? FileStatus(ofOpen: descriptor).sizeBytes else { return false }
    var total: Int64 = 0
    var offset: Int64 = 0
    while offset < size {
      let hole = clinux_hole(descriptor, offset)
      guard hole >= 0, hole < size else { return false }
      // No data to the end is told as an error.
      let data = clinux_data(descriptor, hole)
      offset = data < 0 ? size : data
      total += offset - hole
      if total >= leastBytes { return true }
    }
    return false
  }
}
