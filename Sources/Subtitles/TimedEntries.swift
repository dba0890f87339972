/// One entry of a subtitle file before it is cleaned.
struct TimedEntry {
  /// Real entries have a few hundred bytes; more is damage, and would cost memory and tokens.
  static let textLimit = 16 * 1_024

  var start: MediaTime
  var end: MediaTime
  /// Where its text is in `TimedEntries.texts`.
  var text: Range<Int>
  var speaker: String?
}

/// What a reader found in a file, in file order.
struct TimedEntries {
  var entries: [TimedEntry] = []
  var leftOut = LeftOut()
  /// All texts one behind the other in UTF-8, with markup; lines end with "\n".
  private(set) var texts: [UInt8] = []

  init() {}

  /// - Parameter byteCount: of the file, of which most is text.
  init(byteCount: Int) {
    texts.reserveCapacity(byteCount)
    entries.reserveCapacity(byteCount / 96)
  }

  /// Without the entries that styles leave out; with them where there are no others, for then somebody has called his
  /// dialogue so.
  func besides(_ signs: TimedEntries) -> TimedEntries {
    var all = self
    all.leftOut += signs.leftOut
    if entries.isEmpty {
      all.entries = signs.entries
      all.texts = signs.texts
    } else {
      all.leftOut.add(.sign, signs.entries.count)
    }
    return all
  }

  /// Begins an entry, to which lines are added then; counts and refuses one whose time can't be shown.
  mutating func begin(_ span: TimeSpan, speaker: String? = nil) -> Bool {
    guard span.isShowable else {
      leftOut.add(.unusableTime)
      return false
    }
    entries.append(
      TimedEntry(
        start: span.start, end: span.end, text: texts.count..<texts.count, speaker: speaker))
    return true
  }

  /// A line of the entry that was begun last.
  mutating func addLine(_ line: Range<Int>, of bytes: Span<UInt8>) {
    let last = entries.count - 1
    let start = entries[last].text.lowerBound
    if texts.count > start { texts.append(UInt8(ascii: "\n")) }
    texts.append(line, of: bytes)
    entries[last].text = start..<texts.count
  }

  /// Leaves an entry out whose time can't be shown.
  mutating func add(_ span: TimeSpan, text: String, speaker: String? = nil) {
    guard begin(span, speaker: speaker) else { return }
    let bytes = Array(text.utf8)
    addLine(0..<bytes.count, of: bytes.span)
  }
}
