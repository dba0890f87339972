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

    init?(_ fields: ArraySlice<UInt8>) {
      let names = fields.prefix(1_024).split(
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

  /// Whether a line occurs in this format alone.
  static func isTelling(_ line: ArraySlice<UInt8>) -> Bool {
    line.hasPrefix(ignoringCase: "[script info]") || line.hasPrefix(ignoringCase: "[events]")
      || line.hasPrefix(ignoringCase: "[v4 styles]") || line.hasPrefix(ignoringCase: "[v4+ styles]")
      || (line.hasPrefix(ignoringCase: "dialogue:")
        && line.prefix(256).count { $0 == UInt8(ascii: ",") } >= 3)
  }

  static func entries(in bytes: [UInt8], styles: StyleRules) -> TimedEntries {
    var reader = ASSReader(filter: StyleFilter(styles))
    for line in TextLines(bytes) { reader.read(line.trimmed) }
    return reader.found.besides(reader.signs)
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    if line.first == UInt8(ascii: "["), line.last == UInt8(ascii: "]"), line.count < 64 {
      isInEvents = line.hasPrefix(ignoringCase: "[events]")
    } else if isInEvents, line.hasPrefix(ignoringCase: "format:") {
      layout = Layout(line.dropFirst(7)) ?? layout
    } else if isInEvents, line.hasPrefix(ignoringCase: "dialogue:") {
      readDialogue(line.dropFirst(9))
    } else if isInEvents, line.hasPrefix(ignoringCase: "comment:") {
      found.leftOut.add(.comment)
    }
  }

  private mutating func readDialogue(_ line: ArraySlice<UInt8>) {
    let fields = line.split(
      separator: UInt8(ascii: ","), maxSplits: layout.count - 1, omittingEmptySubsequences: false)
    guard fields.count == layout.count, let start = Self.time(fields[layout.start]),
      let end = Self.time(fields[layout.end])
    else {
      found.leftOut.add(.unusableTime)
      return
    }
    guard fields[layout.text].count <= TimedEntry.textLimit else {
      found.leftOut.add(.tooLong)
      return
    }
    let span = TimeSpan(start: start, end: end)
    let text = fields[layout.text].string
    let speaker = layout.name.flatMap { Self.speaker(fields[$0]) }
    let isSign = filter.leavesOut(
      style: layout.style.map { fields[$0] } ?? [], effect: layout.effect.map { fields[$0] } ?? [])
    if isSign {
      signs.add(span, text: text, speaker: speaker)
    } else {
      found.add(span, text: text, speaker: speaker)
    }
  }

  private static func time(_ field: ArraySlice<UInt8>) -> MediaTime? {
    var scanner = TimeScanner(field)
    return scanner.time()
  }

  /// The name field, unless it holds one of the values that programs put there.
  static func speaker(_ field: ArraySlice<UInt8>) -> String? {
    let name = field.trimmed
    guard (1...40).contains(name.count), name.wholeNumber == nil else { return nil }
    let text = name.string
    return ["ntp", "default"].contains(text.lowercased()) ? nil : text
  }
}
