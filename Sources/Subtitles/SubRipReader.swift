/// Reads SubRip.
///
/// Entries are told apart by their times alone: indices may be missing or wrong, and blank lines
/// may stand inside a text.
struct SubRipReader {
  private struct Line {
    var bytes: ArraySlice<UInt8>
    var follows: Bool
  }

  private var found = TimedEntries()
  private var span: TimeSpan?
  private var index: Int?
  /// The lines since the last time; `follows` is false after a blank line.
  private var lines: [Line] = []
  private var byteCount = 0
  private var sawBlank = true

  static func entries(in bytes: [UInt8]) -> TimedEntries {
    var reader = SubRipReader()
    for line in TextLines(bytes) { reader.read(line.trimmed) }
    reader.finish(nextIndex: reader.takeCutOffIndex())
    return reader.found
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    if line.isEmpty {
      sawBlank = true
    } else if let span = TimeSpan(line) {
      begin(span)
    } else if line.containsArrow, isBrokenTime(line) {
      begin(nil)
      found.leftOut.add(.unusableTime)
    } else {
      byteCount += line.count + 1
      if isTooLong { lines.removeAll(keepingCapacity: true) }
      lines.append(Line(bytes: line, follows: !sawBlank))
      sawBlank = false
    }
  }

  private var isTooLong: Bool { byteCount > TimedEntry.textLimit }

  private func isBrokenTime(_ line: ArraySlice<UInt8>) -> Bool {
    if let last = lines.last, !sawBlank, last.bytes.wholeNumber != nil { return true }
    var scanner = TimeScanner(line)
    return line.starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")]) || scanner.time() != nil
  }

  private mutating func begin(_ next: TimeSpan?) {
    let nextIndex = takeIndex()
    finish(nextIndex: nextIndex)
    span = next
    index = nextIndex
    lines.removeAll(keepingCapacity: true)
    byteCount = 0
    sawBlank = false
  }

  /// Removes the index that stands before a time from the lines.
  private mutating func takeIndex() -> Int? {
    guard let last = lines.last, let number = last.bytes.wholeNumber else { return nil }
    // A number with a blank line after it is an index only if it is the expected one.
    guard !sawBlank || number == (index ?? 0) + 1 else { return nil }
    lines.removeLast()
    if last.follows, lines.last?.bytes.wholeNumber == number { lines.removeLast() }
    return number
  }

  /// Removes an index after which the file ends.
  private mutating func takeCutOffIndex() -> Int? {
    guard let last = lines.last, !last.follows, let number = last.bytes.wholeNumber, let index,
      number == index + 1
    else { return nil }
    lines.removeLast()
    found.leftOut.add(.unusableTime)
    return number
  }

  private mutating func finish(nextIndex: Int?) {
    guard let span else { return }
    guard !isTooLong else {
      found.leftOut.add(.tooLong)
      return
    }
    var text = lines[...]
    if let index, let lost = text.firstIndex(where: { isLost($0, after: index, nextIndex) }) {
      text = text[..<lost]
      found.leftOut.add(.unusableTime)
    }
    found.add(span, text: text.map(\.bytes.string).joined(separator: "\n"))
  }

  /// Whether an entry without a time begins with this line.
  private func isLost(_ line: Line, after index: Int, _ nextIndex: Int?) -> Bool {
    guard !line.follows, let number = line.bytes.wholeNumber else { return false }
    return number == index + 1 && (nextIndex ?? .max) > number
  }
}
