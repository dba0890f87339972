import Glibc
import SystemPackage

/// What this process has in memory.
enum ResidentMemory {
  /// Nil where the kernel does not say. Blocks, if only for a moment.
  static func bytes() -> Int? {
    guard let file = try? FileDescriptor.open("/proc/self/statm", .readOnly, options: .closeOnExec)
    else { return nil }
    let text = try? file.closeAfter {
      var bytes = [UInt8](repeating: 0, count: 200)
      let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
      return String(decoding: bytes[..<count], as: UTF8.self)
    }
    let numbers = (text ?? "").split(separator: " ")
    guard numbers.count > 1, let pages = Int(numbers[1]) else { return nil }
    return pages * Int(getpagesize())
  }
}
