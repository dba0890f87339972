/// Reads MicroDVD: `{25}{75}words|more words`, in pictures. How many of them there are in a second is read from the file
/// itself, `{1}{1}23.976`; without it nothing is said of its times.
enum MicroDVDReader {
  static func isTelling(_ line: ArraySlice<UInt8>) -> Bool { frames(line) != nil }

  /// - Throws: `SubtitleError` for a file that does not say its rate.
  static func entries(in bytes: [UInt8]) throws(SubtitleError) -> TimedEntries {
    var found = TimedEntries()
    var rate: Double?
    for line in TextLines(bytes) {
      let line = line.trimmed
      guard !line.isEmpty else { continue }
      guard let (start, end, rest) = frames(line) else {
        found.leftOut.add(.unusableTime)
        continue
      }
      if rate == nil {
        guard let stated = self.rate(rest) else { throw .noFrameRate }
        rate = stated
        continue
      }
      guard let rate, rest.count <= TimedEntry.textLimit else {
        found.leftOut.add(.tooLong)
        continue
      }
      let text = rest.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
        .map { $0.string }.joined(separator: "\n")
      found.add(
        TimeSpan(start: .seconds(Double(start) / rate), end: .seconds(Double(end) / rate)),
        text: text)
    }
    return found
  }

  /// Frames of a second that films have.
  private static func rate(_ text: ArraySlice<UInt8>) -> Double? {
    guard text.count <= 12 else { return nil }
    return Double(text.trimmed.string.split(separator: ",").joined(separator: ".")).flatMap {
      (5...240).contains($0) ? $0 : nil
    }
  }

  /// The two numbers that a line begins with, and the rest.
  static func frames(
    _ line: ArraySlice<UInt8>, open: UInt8 = UInt8(ascii: "{"), close: UInt8 = UInt8(ascii: "}")
  ) -> (start: Int, end: Int, rest: ArraySlice<UInt8>)? {
    var rest = line
    var numbers: [Int] = []
    for _ in 0..<2 {
      guard rest.first == open else { return nil }
      let digits = rest.dropFirst().prefix(while: \.isASCIIDigit)
      guard let number = digits.wholeNumber, rest.dropFirst(digits.count + 1).first == close else {
        return nil
      }
      numbers.append(number)
      rest = rest.dropFirst(digits.count + 2)
    }
    return (numbers[0], numbers[1], rest)
  }
}
