import Glibc
import SystemPackage

/// A file or folder name where it lies in memory, so that one that is of no interest costs nothing.
/// Comparisons take text in lower case; the case of ASCII letters in the name does not count.
struct EntryName {
  /// Ended by a zero, which is not counted.
  let start: UnsafePointer<CChar>
  let count: Int

  init(_ start: UnsafePointer<CChar>) {
    self.start = start
    count = strlen(start)
  }

  var component: FilePath.Component? { FilePath.Component(platformString: start) }

  /// As they are, whatever the case.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

  subscript(index: Int) -> UInt8 {
    let byte = UInt8(bitPattern: start[index])
    return byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  func hasPrefix(_ text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount && holds(text, at: 0)
  }

  func hasSuffix(_ text: StaticString) -> Bool { hasSuffix(text, end: count) }

  /// - Parameter end: where the name counts as ended, at most its length.
  func hasSuffix(_ text: StaticString, end: Int) -> Bool {
    end >= text.utf8CodeUnitCount && holds(text, at: end - text.utf8CodeUnitCount)
  }

  private func holds(_ text: StaticString, at offset: Int) -> Bool {
    let wanted = text.utf8Start
    for index in 0..<text.utf8CodeUnitCount where self[offset + index] != wanted[index] {
      return false
    }
    return true
  }

  /// Where the extension's dot is; nil without an extension, and for a name that only begins with a
  /// dot.
  var extensionDot: Int? {
    var index = count - 1
    while index > 0 {
      if start[index] == 0x2E { return index }
      index -= 1
    }
    return nil
  }

  /// The extension in lower case as a number that is equal for equal extensions; nil without one or
  /// with one of more than 8 bytes.
  var extensionCode: UInt64? {
    guard let dot = extensionDot, count - dot - 1 <= 8 else { return nil }
    var code: UInt64 = 0
    for index in (dot + 1)..<count { code = code << 8 | UInt64(self[index]) }
    return code
  }

  static func extensionCode(_ text: String) -> UInt64 {
    text.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
