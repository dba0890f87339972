/// The time of an entry: "00:01:02,345 --> 00:01:04,000" and its many variants.
struct TimeSpan {
  var start: MediaTime
  var end: MediaTime

  /// Not negative and longer than nothing.
  var isShowable: Bool { start >= .zero && end > start }

  init(start: MediaTime, end: MediaTime) {
    self.start = start
    self.end = end
  }

  /// Reads a whole line; what follows the second time (positions, settings) is ignored.
  init?(_ line: ArraySlice<UInt8>) {
    var scanner = TimeScanner(line)
    guard let start = scanner.time(), scanner.arrow(), let end = scanner.time() else { return nil }
    self.init(start: start, end: end)
  }
}

/// Reads times from the start of a line on.
struct TimeScanner {
  private var rest: ArraySlice<UInt8>

  /// No film is as long as this; keeps sums far from overflow.
  private static let limit = MediaTime.seconds(10_000 * 3_600)

  init(_ line: ArraySlice<UInt8>) { rest = line.trimmed }

  /// `[-][hours:]minutes:seconds[fraction]`; the fraction follows "," or "." or, as a fourth group,
  /// ":" and counts as decimals, so that ",5" is half a second.
  mutating func time() -> MediaTime? {
    let isNegative = skip(UInt8(ascii: "-"))
    var groups: [Int64] = []
    var fraction: Int64 = 0
    while groups.count < 4 {
      let digits = rest.prefix(while: \.isASCIIDigit)
      guard (1...9).contains(digits.count) else { return nil }
      rest = rest[digits.endIndex...]
      if groups.count == 3 {
        fraction = Self.microseconds(digits)
        break
      }
      // Longer groups are no part of a time.
      guard digits.count <= 6 else { return nil }
      groups.append(digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) })
      if skip(UInt8(ascii: ":")) {
        skipBlanks()
        continue
      }
      guard groups.count >= 2 else { return nil }
      if skip(UInt8(ascii: ",")) || skip(UInt8(ascii: ".")) {
        skipBlanks()
        let decimals = rest.prefix(while: \.isASCIIDigit)
        rest = rest[decimals.endIndex...]
        fraction = Self.microseconds(decimals)
      }
      break
    }
    let seconds = groups.reduce(0) { $0 * 60 + $1 }
    let time = MediaTime(microseconds: seconds * 1_000_000 + fraction)
    guard time < Self.limit else { return nil }
    return isNegative ? MediaTime.zero - time : time
  }

  mutating func arrow() -> Bool {
    skipBlanks()
    guard skip(UInt8(ascii: "-")) else { return false }
    while skip(UInt8(ascii: "-")) {}
    guard skip(UInt8(ascii: ">")) else { return false }
    skipBlanks()
    return true
  }

  private static func microseconds(_ decimals: ArraySlice<UInt8>) -> Int64 {
    var value: Int64 = 0
    var scale: Int64 = 100_000
    for digit in decimals.prefix(6) {
      value += Int64(digit - UInt8(ascii: "0")) * scale
      scale /= 10
    }
    return value
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func skipBlanks() { rest = rest.drop(while: \.isASCIIBlank) }
}
