/// A file of lines sorted by their first field in the order of bytes, searched by halving.
///
/// WordNet's index files and exception lists are such files; index files begin with licence lines,
/// each of which starts with a space.
struct SortedFile: Sendable {
  let file: MappedFile
  /// Where the first line after the licence starts.
  let start: Int

  init(path: String) throws(LexiconError) {
    file = try MappedFile(path: path)
    var position = 0
    while file.byte(at: position) == UInt8(ascii: " ") {
      position = min(file.end(ofLineFrom: position) + 1, file.count)
    }
    start = position
    guard start < file.count else { throw file.damaged("it holds no entries") }
    guard file.byte(at: file.count - 1) == UInt8(ascii: "\n") else {
      throw file.damaged("its last line is cut off")
    }
  }

  /// Checks that the lines are in order, which halving relies on.
  /// - Parameter check: is given every line.
  func verify(line check: (Range<Int>) -> Bool = { _ in true }) throws(LexiconError) {
    var previous: Range<Int>?
    var position = start
    while position < file.count {
      let line = position..<file.end(ofLineFrom: position)
      let key = self.key(of: line)
      guard !key.isEmpty, check(line) else {
        throw file.damaged("the line at byte \(position) can't be read")
      }
      if let previous, file.compare(previous, key) > 0 {
        throw file.damaged("the line at byte \(position) is out of order")
      }
      previous = key
      position = line.upperBound + 1
    }
  }

  /// The line whose first field is `key`.
  func line(of key: String) -> Range<Int>? {
    let bytes = Array(key.utf8)
    let position = lowerBound(of: bytes)
    guard position < file.count else { return nil }
    let line = position..<file.end(ofLineFrom: position)
    return file.compare(self.key(of: line), with: bytes) == 0 ? line : nil
  }

  /// All lines whose first field begins with `prefix`, in order.
  func lines(withPrefix prefix: String) -> [Range<Int>] {
    let bytes = Array(prefix.utf8)
    var lines: [Range<Int>] = []
    var position = lowerBound(of: bytes)
    while position < file.count, file.hasPrefix(bytes, at: position) {
      let line = position..<file.end(ofLineFrom: position)
      lines.append(line)
      position = line.upperBound + 1
    }
    return lines
  }

  func key(of line: Range<Int>) -> Range<Int> {
    line.lowerBound..<(file.position(of: UInt8(ascii: " "), in: line) ?? line.upperBound)
  }

  /// Start of the first line whose first field is not below `key`, or the file's end.
  private func lowerBound(of key: [UInt8]) -> Int {
    var low = start
    var high = file.count
    while low < high {
      let line = file.line(around: (low + high) / 2)
      if file.compare(self.key(of: line), with: key) < 0 {
        low = line.upperBound + 1
      } else {
        high = line.lowerBound
      }
    }
    return min(low, file.count)
  }
}
