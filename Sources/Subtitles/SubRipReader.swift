/// Reads SubRip.
///
/// Entries are told apart by their times alone: indices may be missing or wrong, and blank lines
/// may stand inside a text.
struct SubRipReader {
  private struct Line {
    var part: Range<Int>
    var follows: Bool
    /// The number that it consists of.
    var number: Int?
  }

  private var found = TimedEntries()
  private var span: TimeSpan?
  private var index: Int?
  /// The lines since the last time; `follows` is false after a blank line.
  private var lines: [Line] = []
  private var byteCount = 0
  private var sawBlank = true

  static func entries(in file: [UInt8]) -> TimedEntries {
    let bytes = file.span
    var reader = SubRipReader()
    reader.found = TimedEntries(byteCount: file.count)
    var cursor = LineCursor()
    while let line = cursor.next(in: bytes) { reader.read(bytes.trimmed(line), of: bytes) }
    reader.finish(nextIndex: reader.takeCutOffIndex(), bytes)
    return reader.found
  }

  private mutating func read(_ line: Range<Int>, of bytes: Span<UInt8>) {
    guard !line.isEmpty else {
      sawBlank = true
      return
    }
    let first = bytes[line.lowerBound]
    let couldBeTime = first.isASCIIDigit || first == UInt8(ascii: "-")
    if couldBeTime, let span = TimeSpan(line, of: bytes) {
      begin(span, bytes)
    } else if bytes.containsArrow(line), isBrokenTime(line, of: bytes) {
      begin(nil, bytes)
      found.leftOut.add(.unusableTime)
    } else {
      byteCount += line.count + 1
      if isTooLong { lines.removeAll(keepingCapacity: true) }
      let number = couldBeTime ? bytes.wholeNumber(line) : nil
      lines.append(Line(part: line, follows: !sawBlank, number: number))
      sawBlank = false
    }
  }

  private var isTooLong: Bool { byteCount > TimedEntry.textLimit }

  private func isBrokenTime(_ line: Range<Int>, of bytes: Span<UInt8>) -> Bool {
    if let last = lines.last, !sawBlank, last.number != nil { return true }
    var scanner = TimeScanner(line, of: bytes)
    return bytes.hasPrefix("--", in: line) || scanner.time(in: bytes) != nil
  }

  private mutating func begin(_ next: TimeSpan?, _ bytes: Span<UInt8>) {
    let nextIndex = takeIndex()
    finish(nextIndex: nextIndex, bytes)
    span = next
    index = nextIndex
    lines.removeAll(keepingCapacity: true)
    byteCount = 0
    sawBlank = false
  }

  /// Removes the index that stands before a time from the lines.
  private mutating func takeIndex() -> Int? {
    guard let last = lines.last, let number = last.number else { return nil }
    // A number with a blank line after it is an index only if it is the expected one.
    guard !sawBlank || number == (index ?? 0) + 1 else { return nil }
    lines.removeLast()
    if last.follows, lines.last?.number == number { lines.removeLast() }
    return number
  }

  /// Removes an index after which the file ends.
  private mutating func takeCutOffIndex() -> Int? {
    guard let last = lines.last, !last.follows, let number = last.number, let index,
      number == index + 1
    else { return nil }
    lines.removeLast()
    found.leftOut.add(.unusableTime)
    return number
  }

  private mutating func finish(nextIndex: Int?, _ bytes: Span<UInt8>) {
    guard let span else { return }
    guard !isTooLong else {
      found.leftOut.add(.tooLong)
      return
    }
    var count = lines.count
    if let index, let lost = lines.firstIndex(where: { isLost($0, after: index, nextIndex) }) {
      count = lost
      found.leftOut.add(.unusableTime)
    }
    guard found.begin(span) else { return }
    for line in lines[..<count] { found.addLine(line.part, of: bytes) }
  }

  /// Whether an entry without a time begins with this line.
  private func isLost(_ line: Line, after index: Int, _ nextIndex: Int?) -> Bool {
    guard !line.follows, let number = line.number else { return false }
    return number == index + 1 && (nextIndex ?? .max) > number
  }
}
