import Glibc

/// A file's bytes, mapped read-only for as long as this object lives.
///
/// Every access is bounds-checked. Pages that were read may be dropped and are read again from the
/// page cache, so an idle process keeps none of it resident.
///
/// - Note: `@unchecked Sendable`: the mapping is never written, its address and length never
///   change, and it is unmapped only in `deinit`, when nobody can hold it any more. The package
///   manager replaces files by renaming, which leaves a mapped file as it was.
final class MappedFile: @unchecked Sendable {
  let path: String
  let count: Int
  private let base: UnsafeMutableRawPointer

  init(path: String) throws(LexiconError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      let kind: LexiconError.Kind = code == ENOENT || code == ENOTDIR ? .missing : .unreadable
      throw LexiconError(kind: kind, path: path, detail: Self.text(of: code))
    }
    defer { _ = close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw LexiconError(kind: .unreadable, path: path, detail: Self.text(of: errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw LexiconError(kind: .unreadable, path: path, detail: "it is not a regular file")
    }
    let size = Int(status.st_size)
    guard size > 0 else { throw LexiconError(kind: .damaged, path: path, detail: "it is empty") }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { throw LexiconError(kind: .unreadable, path: path, detail: Self.text(of: errno)) }
    count = size
    base = address
  }

  deinit { munmap(base, count) }

  func damaged(_ detail: String) -> LexiconError {
    LexiconError(kind: .damaged, path: path, detail: detail)
  }

  /// The byte at an offset, or nil outside of the file.
  func byte(at offset: Int) -> UInt8? {
    guard offset >= 0, offset < count else { return nil }
    return base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// The line that holds the byte at `offset`, without its newline; empty outside of the file.
  func line(around offset: Int) -> Range<Int> {
    guard offset >= 0, offset < count else { return count..<count }
    var start = offset
    while start > 0, byte(at: start - 1) != UInt8(ascii: "\n") { start -= 1 }
    return start..<end(ofLineFrom: offset)
  }

  /// Offset of the first newline at or after `offset`, or the file's end.
  func end(ofLineFrom offset: Int) -> Int {
    position(of: UInt8(ascii: "\n"), in: offset..<max(offset, count)) ?? count
  }

  /// Offset of the first such byte within a range.
  func position(of byte: UInt8, in range: Range<Int>) -> Int? {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty, let found = memchr(base + range.lowerBound, Int32(byte), range.count)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }

  /// Compares the bytes of a range with `key` as unsigned bytes: negative, zero or positive; a
  /// prefix is smaller.
  func compare(_ range: Range<Int>, with key: [UInt8]) -> Int {
    let range = range.clamped(to: 0..<count)
    let order = Int(memcmp(base + range.lowerBound, key, min(range.count, key.count)))
    return order != 0 ? order : range.count - key.count
  }

  /// Compares two ranges of this file likewise.
  func compare(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    let (left, right) = (left.clamped(to: 0..<count), right.clamped(to: 0..<count))
    let order = memcmp(
      base + left.lowerBound, base + right.lowerBound, min(left.count, right.count))
    return order != 0 ? Int(order) : left.count - right.count
  }

  func hasPrefix(_ prefix: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, offset <= count, count - offset >= prefix.count else { return false }
    return memcmp(base + offset, prefix, prefix.count) == 0
  }

  /// The text of a range; what is not UTF-8 is replaced.
  func text(_ range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<count)
    let bytes = UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What spaces part in a range's text.
  func fields(of range: Range<Int>) -> [Substring] { Self.fields(of: text(range)[...]) }

  /// By bytes, since that is several times faster than by characters.
  static func fields(of text: Substring) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
  }

  /// Lets the kernel take the pages back; the next access reads them again.
  func dropPages() { _ = madvise(base, count, MADV_DONTNEED) }

  private static func text(of code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
