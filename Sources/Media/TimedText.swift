/// 3GPP timed text, the subtitles of MP4.
enum TimedText {
  /// The sample description after its box header: white sans-serif, at the bottom, centred.
  static let description: [UInt8] = {
    let font = Array("Sans-Serif".utf8)
    var bytes: [UInt8] = [0, 0, 0, 0]  // display flags
    bytes += [1, 0xFF]  // horizontally centred, at the bottom
    bytes += [0, 0, 0, 0]  // background: none
    bytes += [0, 0, 0, 0, 0, 0, 0, 0]  // text box: the whole track
    bytes += style(of: 0..<0, face: plain)
    let table = [0, 1, 0, 1, UInt8(font.count)] + font  // one font, number 1
    bytes += [0, 0, 0, UInt8(table.count + 8)] + Array("ftab".utf8) + table
    return bytes
  }()

  /// A sample: the length of the text, then the text, cut between characters where it is too long;
  /// then, where something is marked, the styles of what is, which the box counts by Unicode
  /// scalar and not by byte.
  static func sample(_ sample: TextSample) -> [UInt8] {
    var text = Substring(sample.text)
    while text.utf8.count > Int(UInt16.max) { text = text.dropLast() }
    let bytes = number16(text.utf8.count) + Array(text.utf8)
    let spans = scalarSpans(of: sample.marks, in: text)
    guard !spans.isEmpty else { return bytes }
    let styles = number16(spans.count) + spans.flatMap { style(of: $0, face: bold) }
    return bytes + number32(styles.count + 8) + Array("styl".utf8) + styles
  }

  private static let plain: UInt8 = 0
  private static let bold: UInt8 = 1

  /// A style record: from the first character to the first after, font 1, 18 high, white.
  private static func style(of characters: Range<Int>, face: UInt8) -> [UInt8] {
    number16(characters.lowerBound) + number16(characters.upperBound) + [0, 1, face, 18]
      + [0xFF, 0xFF, 0xFF, 0xFF]
  }

  /// UTF-8 ranges, in order and without overlap, as positions of scalars; what lies beyond the text
  /// is left out.
  private static func scalarSpans(of marks: [Range<Int>], in text: Substring) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var rest = marks[...]
    var byte = 0
    for (position, scalar) in text.unicodeScalars.enumerated() {
      while let mark = rest.first, mark.upperBound <= byte { rest = rest.dropFirst() }
      if let mark = rest.first, mark.lowerBound <= byte {
        if let last = spans.last, last.upperBound == position {
          spans[spans.count - 1] = last.lowerBound..<position + 1
        } else {
          spans.append(position..<position + 1)
        }
      }
      byte += UTF8.width(scalar)
    }
    return spans
  }

  private static func number16(_ value: Int) -> [UInt8] {
    let value = UInt16(clamping: value)
    return [UInt8(value >> 8), UInt8(value & 0xFF)]
  }

  private static func number32(_ value: Int) -> [UInt8] {
    number16(value >> 16 & 0xFFFF) + number16(value & 0xFFFF)
  }
}
