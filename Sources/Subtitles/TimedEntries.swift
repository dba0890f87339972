/// One entry of a subtitle file before it is cleaned.
struct TimedEntry {
  /// Real entries have a few hundred bytes; more is damage, and would cost memory and tokens.
  static let textLimit = 16 * 1_024

  var start: MediaTime
  var end: MediaTime
  /// With markup; lines end with "\n".
  var text: String
  var speaker: String?
}

/// What a reader found in a file, in file order.
struct TimedEntries {
  var entries: [TimedEntry] = []
  var leftOut = LeftOut()

  /// Without the entries that styles leave out; with them where there are no others, for then somebody has called his
  /// dialogue so.
  func besides(_ signs: TimedEntries) -> TimedEntries {
    var all = self
    all.leftOut += signs.leftOut
    if entries.isEmpty {
      all.entries = signs.entries
    } else {
      all.leftOut.add(.sign, signs.entries.count)
    }
    return all
  }

  /// Leaves an entry out whose time can't be shown.
  mutating func add(_ span: TimeSpan, text: String, speaker: String? = nil) {
    guard span.isShowable else {
      leftOut.add(.unusableTime)
      return
    }
    entries.append(TimedEntry(start: span.start, end: span.end, text: text, speaker: speaker))
  }
}
