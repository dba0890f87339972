/// Reads Advanced SubStation Alpha and its older form, SSA.
struct ASSReader {
  private init(filter: StyleFilter) { self.filter = filter }

  /// Which comma-separated field holds what.
  private struct Layout {
    var start: Int
    var end: Int
    var text: Int
    var name: Int?
    var style: Int?
    var effect: Int?
    var count: Int

    /// What nearly every file says.
    static let usual = Layout(
      start: 1, end: 2, text: 9, name: 4, style: 3, effect: 8, count: 10)

    init(
      start: Int, end: Int, text: Int, name: Int?, style: Int?, effect: Int?, count: Int
    ) {
      self.start = start
      self.end = end
      self.text = text
      self.name = name
      self.style = style
      self.effect = effect
      self.count = count
    }

    init?(_ fields: String) {
      let names = Array(fields.utf8).split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false
      ).map { $0.trimmed.string.lowercased() }
      guard let start = names.firstIndex(of: "start"), let end = names.firstIndex(of: "end"),
        let text = names.firstIndex(of: "text")
      else { return nil }
      let name = names.firstIndex { $0 == "name" || $0 == "actor" }
      self.init(
        start: start, end: end, text: text, name: name, style: names.firstIndex(of: "style"),
        effect: names.firstIndex(of: "effect"), count: names.count)
    }
  }

  private var found = TimedEntries()
  /// What the styles leave out.
  private var signs = TimedEntries()
  private var filter: StyleFilter
  private var layout = Layout.usual
  private var isInEvents = true
  private var fields = Scratch<Range<Int>>()
  /// Most lines say the same as the one before.
  private var lastStyle: (style: Range<Int>, effect: Range<Int>, isSign: Bool)?
  private var lastName: (field: Range<Int>, speaker: String?)?

  /// Whether a line occurs in this format alone.
  static func isTelling(_ line: ArraySlice<UInt8>) -> Bool {
    line.hasPrefix(ignoringCase: "[script info]") || line.hasPrefix(ignoringCase: "[events]")
      || line.hasPrefix(ignoringCase: "[v4 styles]") || line.hasPrefix(ignoringCase: "[v4+ styles]")
      || (line.hasPrefix(ignoringCase: "dialogue:")
        && line.prefix(256).count { $0 == UInt8(ascii: ",") } >= 3)
  }

  static func entries(in file: [UInt8], styles: StyleRules) -> TimedEntries {
    let bytes = file.span
    var reader = ASSReader(filter: StyleFilter(styles))
    reader.found = TimedEntries(byteCount: file.count)
    var cursor = LineCursor()
    while let line = cursor.next(in: bytes) { reader.read(bytes.trimmed(line), of: bytes) }
    return reader.found.besides(reader.signs)
  }

  private mutating func read(_ line: Range<Int>, of bytes: Span<UInt8>) {
    guard !line.isEmpty else { return }
    switch bytes[line.lowerBound] {
    case UInt8(ascii: "[")
    where bytes[line.upperBound - 1] == UInt8(ascii: "]") && line.count < 64:
      isInEvents = bytes.hasPrefix("[events]", in: line)
    case UInt8(ascii: "D"), UInt8(ascii: "d"):
      guard isInEvents, bytes.hasPrefix("dialogue:", in: line) else { return }
      readDialogue(line.dropFirst(9), of: bytes)
    case UInt8(ascii: "F"), UInt8(ascii: "f"):
      guard isInEvents, bytes.hasPrefix("format:", in: line) else { return }
      layout = Layout(bytes.string(line.dropFirst(7).prefix(1_024))) ?? layout
    case UInt8(ascii: "C"), UInt8(ascii: "c"):
      guard isInEvents, bytes.hasPrefix("comment:", in: line) else { return }
      found.leftOut.add(.comment)
    default: return
    }
  }

  private mutating func readDialogue(_ line: Range<Int>, of bytes: Span<UInt8>) {
    divide(line, of: bytes)
    guard fields.count == layout.count, let start = Self.time(fields[layout.start], of: bytes),
      let end = Self.time(fields[layout.end], of: bytes)
    else {
      found.leftOut.add(.unusableTime)
      return
    }
    let text = fields[layout.text]
    guard text.count <= TimedEntry.textLimit else {
      found.leftOut.add(.tooLong)
      return
    }
    let span = TimeSpan(start: start, end: end)
    let speaker = layout.name.map { fields[$0] }.flatMap { self.speaker($0, of: bytes) }
    if isSign(bytes) {
      if signs.begin(span, speaker: speaker) { Self.addLines(text, of: bytes, to: &signs) }
    } else {
      if found.begin(span, speaker: speaker) { Self.addLines(text, of: bytes, to: &found) }
    }
  }

  /// Ends lines at "\N", of which nearly every file is full, so that most texts are plain.
  private static func addLines(
    _ text: Range<Int>, of bytes: Span<UInt8>, to found: inout TimedEntries
  ) {
    let backslash = UInt8(ascii: "\\")
    var start = text.lowerBound
    var position = start
    while true {
      position = bytes.position(of: backslash, or: backslash, in: position..<text.upperBound)
      guard position + 1 < text.upperBound else { break }
      if bytes[position + 1] == UInt8(ascii: "N") {
        found.addLine(start..<position, of: bytes)
        start = position + 2
        position = start
      } else {
        position += 1
      }
    }
    found.addLine(start..<text.upperBound, of: bytes)
  }

  /// Into as many fields as the layout has; the last one holds the rest.
  private mutating func divide(_ line: Range<Int>, of bytes: Span<UInt8>) {
    fields.clear()
    var start = line.lowerBound
    // Most fields are short.
    for position in line where bytes[position] == UInt8(ascii: ",") {
      guard fields.count < layout.count - 1 else { break }
      fields.append(start..<position)
      start = position + 1
    }
    fields.append(start..<line.upperBound)
  }

  private mutating func isSign(_ bytes: Span<UInt8>) -> Bool {
    let style = layout.style.map { fields[$0] } ?? 0..<0
    let effect = layout.effect.map { fields[$0] } ?? 0..<0
    if let last = lastStyle, bytes.isEqual(last.style, style), bytes.isEqual(last.effect, effect) {
      return last.isSign
    }
    let isSign = filter.leavesOut(style: bytes.copy(style), effect: bytes.copy(effect))
    lastStyle = (style, effect, isSign)
    return isSign
  }

  private mutating func speaker(_ field: Range<Int>, of bytes: Span<UInt8>) -> String? {
    if let last = lastName, bytes.isEqual(last.field, field) { return last.speaker }
    let speaker = Self.speaker(bytes.copy(field))
    lastName = (field, speaker)
    return speaker
  }

  private static func time(_ field: Range<Int>, of bytes: Span<UInt8>) -> MediaTime? {
    var scanner = TimeScanner(field, of: bytes)
    return scanner.time(in: bytes)
  }

  /// The name field, unless it holds one of the values that programs put there.
  static func speaker(_ field: ArraySlice<UInt8>) -> String? {
    let name = field.trimmed
    guard (1...40).contains(name.count), name.wholeNumber == nil else { return nil }
    let text = name.string
    return ["ntp", "default"].contains(text.lowercased()) ? nil : text
  }
}
