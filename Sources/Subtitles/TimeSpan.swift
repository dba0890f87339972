/// The time of an entry: "00:01:02,345 --> 00:01:04,000" and its many variants.
struct TimeSpan {
  var start: MediaTime
  var end: MediaTime

  /// Not negative, longer than nothing, and of a film.
  var isShowable: Bool { start >= .zero && end > start && end < Self.limit }

  /// No film is as long as this; keeps sums far from overflow.
  static let limit = MediaTime(microseconds: 10_000 * 3_600 * 1_000_000)

  init(start: MediaTime, end: MediaTime) {
    self.start = start
    self.end = end
  }

  /// Reads a whole line; what follows the second time (positions, settings) is ignored.
  init?(_ line: ArraySlice<UInt8>) {
    self.init(0..<line.count, of: line.span)
  }

  init?(_ line: Range<Int>, of bytes: Span<UInt8>) {
    var scanner = TimeScanner(line, of: bytes)
    guard let start = scanner.time(in: bytes), scanner.arrow(in: bytes),
      let end = scanner.time(in: bytes)
    else { return nil }
    self.init(start: start, end: end)
  }
}

/// Reads times from the start of a line on.
struct TimeScanner {
  private var position: Int
  private let end: Int

  /// - Parameter bytes: must be the same in every call.
  init(_ line: Range<Int>, of bytes: Span<UInt8>) {
    let line = bytes.trimmed(line)
    position = line.lowerBound
    end = line.upperBound
  }

  /// `[-][hours:]minutes:seconds[fraction]`; the fraction follows "," or "." or, as a fourth group,
  /// ":" and counts as decimals, so that ",5" is half a second.
  mutating func time(in bytes: Span<UInt8>) -> MediaTime? {
    let isNegative = skip(UInt8(ascii: "-"), in: bytes)
    var seconds: Int64 = 0
    var groups = 0
    var fraction: Int64 = 0
    while true {
      let start = position
      let value = digits(in: bytes)
      guard (1...9).contains(position - start) else { return nil }
      if groups == 3 {
        fraction = Self.microseconds(start..<position, of: bytes)
        break
      }
      // Longer groups are no part of a time.
      guard position - start <= 6 else { return nil }
      groups += 1
      seconds = seconds * 60 + value
      if skip(UInt8(ascii: ":"), in: bytes) {
        skipBlanks(in: bytes)
        continue
      }
      guard groups >= 2 else { return nil }
      if skip(UInt8(ascii: ","), in: bytes) || skip(UInt8(ascii: "."), in: bytes) {
        skipBlanks(in: bytes)
        let decimals = position
        _ = digits(in: bytes)
        fraction = Self.microseconds(decimals..<position, of: bytes)
      }
      break
    }
    let time = MediaTime(microseconds: seconds * 1_000_000 + fraction)
    guard time < TimeSpan.limit else { return nil }
    return isNegative ? MediaTime.zero - time : time
  }

  mutating func arrow(in bytes: Span<UInt8>) -> Bool {
    skipBlanks(in: bytes)
    guard skip(UInt8(ascii: "-"), in: bytes) else { return false }
    while skip(UInt8(ascii: "-"), in: bytes) {}
    guard skip(UInt8(ascii: ">"), in: bytes) else { return false }
    skipBlanks(in: bytes)
    return true
  }

  private static func microseconds(_ decimals: Range<Int>, of bytes: Span<UInt8>) -> Int64 {
    var value: Int64 = 0
    var scale: Int64 = 100_000
    for position in decimals.prefix(6) {
      value += Int64(bytes[position] - UInt8(ascii: "0")) * scale
      scale /= 10
    }
    return value
  }

  /// The value counts only for up to nine of them.
  private mutating func digits(in bytes: Span<UInt8>) -> Int64 {
    var value: Int64 = 0
    while position < end, bytes[position].isASCIIDigit {
      value = value &* 10 &+ Int64(bytes[position] - UInt8(ascii: "0"))
      position += 1
    }
    return value
  }

  private mutating func skip(_ byte: UInt8, in bytes: Span<UInt8>) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks(in bytes: Span<UInt8>) {
    while position < end, bytes[position].isASCIIBlank { position += 1 }
  }
}
