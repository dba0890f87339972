/// The lines of UTF-8 bytes, without their ends: LF, CR LF, CR, or the CR CR LF of twice converted
/// files.
struct TextLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> ArraySlice<UInt8>? {
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, !isLineEnd(position) { position += 1 }
    let line = bytes[start..<position]
    guard position < bytes.count else { return line }
    if bytes[position] == UInt8(ascii: "\r") {
      if isNewline(position + 1) {
        position += 1
      } else if isReturn(position + 1), isNewline(position + 2) {
        position += 2
      }
    }
    position += 1
    return line
  }

  private func isLineEnd(_ index: Int) -> Bool { isNewline(index) || isReturn(index) }

  private func isNewline(_ index: Int) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: "\n")
  }

  private func isReturn(_ index: Int) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: "\r")
  }
}

extension UInt8 {
  var isASCIIBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  var asciiLowercased: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks at both ends and byte order marks at the start.
  var trimmed: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first {
      if first.isASCIIBlank {
        slice = slice.dropFirst()
      } else if slice.starts(with: [0xEF, 0xBB, 0xBF]) {
        slice = slice.dropFirst(3)
      } else {
        break
      }
    }
    while let last = slice.last, last.isASCIIBlank { slice = slice.dropLast() }
    return slice
  }

  var string: String { String(decoding: self, as: UTF8.self) }

  var containsArrow: Bool {
    var dashes = 0
    for byte in self {
      if byte == UInt8(ascii: "-") {
        dashes += 1
      } else if byte == UInt8(ascii: ">"), dashes >= 2 {
        return true
      } else {
        dashes = 0
      }
    }
    return false
  }

  /// The number that the line consists of.
  var wholeNumber: Int? {
    guard (1...9).contains(count), allSatisfy(\.isASCIIDigit) else { return nil }
    return reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// Whether the line begins with `prefix`, which is lowercase, in any ASCII case.
  func hasPrefix(ignoringCase prefix: StaticString) -> Bool {
    prefix.withUTF8Buffer { prefix in
      count >= prefix.count && zip(self, prefix).allSatisfy { $0.asciiLowercased == $1 }
    }
  }
}
