import Glibc
import SystemPackage

/// Which mounts come and go, as the kernel tells it. Belongs to the watcher's thread.
final class MountTable {
  struct Change: Equatable {
    var point: FilePath
    /// False when nothing is mounted there any more.
    var isMounted: Bool
  }

  /// Ready for `POLLPRI` when something was mounted, unmounted or moved.
  let descriptor: Int32
  private var mounts: [Int: FilePath] = [:]

  /// Nil where there is no such table: scans then find what they find.
  init?() {
    descriptor = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    mounts = read()
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }

  /// What changed since the last call.
  func changes() -> [Change] {
    let former = mounts
    mounts = read()
    let points = Set(mounts.values)
    let gone = former.filter { mounts[$0.key] != $0.value }.map(\.value)
    let new = mounts.filter { former[$0.key] != $0.value }.map(\.value)
    return Set(gone).union(new).map { Change(point: $0, isMounted: points.contains($0)) }
  }

  private func read() -> [Int: FilePath] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { return mounts }
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return mounts }
      if count == 0 { break }
      bytes += block[..<count]
    }
    return Self.mounts(in: bytes)
  }

  /// By the mounts' numbers. A line is `36 35 98:0 /mnt1 /mnt2 rw …`: the mount's number is the first
  /// field, its place the fifth.
  static func mounts(in text: [UInt8]) -> [Int: FilePath] {
    var mounts: [Int: FilePath] = [:]
    for line in text.split(separator: 0x0A) {
      let fields = line.split(separator: 0x20, maxSplits: 5)
      guard fields.count > 4, let number = Int(String(decoding: fields[0], as: UTF8.self)) else {
        continue
      }
      let path = unescaped(fields[4]).map(CChar.init(bitPattern:)) + [0]
      mounts[number] = FilePath(platformString: path)
    }
    return mounts
  }

  /// Spaces and the like are written as a backslash and three octal digits.
  private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      guard byte == 0x5C, digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) })
      else {
        bytes.append(byte)
        continue
      }
      bytes.append(digits.reduce(0) { $0 &* 8 &+ ($1 - 0x30) })
      rest = rest.dropFirst(3)
    }
    return bytes
  }
}
