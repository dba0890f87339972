/// Goes through the lines of UTF-8 bytes: LF, CR LF, CR, or the CR CR LF of twice converted files ends one.
struct LineCursor {
  private var position = 0

  /// The next line without its end.
  mutating func next(in bytes: Span<UInt8>) -> Range<Int>? {
    let (newline, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    let start = position
    guard start < bytes.count else { return nil }
    let end = bytes.position(of: newline, or: carriageReturn, in: start..<bytes.count)
    position = end + 1
    guard end < bytes.count, bytes[end] == carriageReturn, end + 1 < bytes.count else {
      return start..<end
    }
    if bytes[end + 1] == newline {
      position = end + 2
    } else if bytes[end + 1] == carriageReturn, end + 2 < bytes.count, bytes[end + 2] == newline {
      position = end + 3
    }
    return start..<end
  }
}

/// The lines of UTF-8 bytes, one by one.
struct TextLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var cursor = LineCursor()

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> ArraySlice<UInt8>? {
    var cursor = cursor
    defer { self.cursor = cursor }
    return cursor.next(in: bytes.span).map { bytes[$0] }
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks at both ends and byte order marks at the start.
  var trimmed: ArraySlice<UInt8> {
    let part = span.trimmed(0..<count)
    return self[startIndex + part.lowerBound..<startIndex + part.upperBound]
  }

  var string: String { String(decoding: self, as: UTF8.self) }

  /// The number that the line consists of.
  var wholeNumber: Int? { span.wholeNumber(0..<count) }

  /// Whether the line begins with `prefix`, which is lowercase, in any ASCII case.
  func hasPrefix(ignoringCase prefix: StaticString) -> Bool {
    span.hasPrefix(prefix, in: 0..<count)
  }
}
