/// 3GPP timed text, the subtitles of MP4.
enum TimedText {
  /// The sample description after its box header: white sans-serif, at the bottom, centred.
  static let description: [UInt8] = {
    let font = Array("Sans-Serif".utf8)
    var bytes: [UInt8] = [0, 0, 0, 0]  // display flags
    bytes += [1, 0xFF]  // horizontally centred, at the bottom
    bytes += [0, 0, 0, 0]  // background: none
    bytes += [0, 0, 0, 0, 0, 0, 0, 0]  // text box: the whole track
    bytes += [0, 0, 0, 0, 0, 1, 0, 18]  // style of all characters: font 1, plain, 18 high
    bytes += [0xFF, 0xFF, 0xFF, 0xFF]  // white
    let table = [0, 1, 0, 1, UInt8(font.count)] + font  // one font, number 1
    bytes += [0, 0, 0, UInt8(table.count + 8)] + Array("ftab".utf8) + table
    return bytes
  }()

  /// A sample: the length of the text, then the text; cut between characters where it is too long.
  static func sample(_ text: String) -> [UInt8] {
    var text = Substring(text)
    while text.utf8.count > Int(UInt16.max) { text = text.dropLast() }
    let length = UInt16(text.utf8.count)
    return [UInt8(length >> 8), UInt8(length & 0xFF)] + Array(text.utf8)
  }
}
