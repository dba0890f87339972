/// Writes subtitle files that every player reads.
///
/// Times before 0 count as 0. Cues that are over by then are left out, as are cues without text.
/// What several people say at one time is one entry. Entries are numbered from 1 in the order given. Marks become bold.
package enum SubtitleWriter {
  package static func subRip(_ cues: [Cue]) -> String { subRip(cues.map { MarkedCue($0) }) }

  package static func webVTT(_ cues: [Cue]) -> String { webVTT(cues.map { MarkedCue($0) }) }

  package static func subRip(_ cues: [MarkedCue]) -> String {
    subRip(
      entries: MarkedCue.joiningSpeakers(cues).lazy.map {
        Entry($0.cue, subRipText($0.cue.text, marks: $0.marks))
      })
  }

  package static func webVTT(_ cues: [MarkedCue]) -> String {
    webVTT(
      entries: MarkedCue.joiningSpeakers(cues).lazy.map {
        Entry($0.cue, MarkedLines($0.cue.text, $0.wholeMarks).webVTT)
      })
  }

  /// The text of an entry alone, as SubRip inside Matroska has it. SubRip knows no escape, so what
  /// would read as a tag gets another bracket.
  package static func subRipText(_ text: String, marks: [Range<Int>]) -> String {
    MarkedLines(text, MarkedCue.whole(marks, in: text)).subRip
  }

  struct Entry {
    var start: Int64
    var end: Int64
    var text: String

    init?(_ cue: Cue, _ text: String) {
      start = max(cue.start, .zero).milliseconds
      end = max(cue.end, .zero).milliseconds
      self.text = text
      guard end > start, !text.isEmpty else { return nil }
    }
  }

  private static func subRip(entries: some Sequence<Entry?>) -> String {
    var number = 0
    var output = ""
    for case let entry? in entries {
      number += 1
      output += "\(number)\n"
      output += "\(time(entry.start, mark: ",")) --> \(time(entry.end, mark: ","))\n"
      output += "\(entry.text)\n\n"
    }
    return output
  }

  private static func webVTT(entries: some Sequence<Entry?>) -> String {
    var output = "WEBVTT\n\n"
    for case let entry? in entries {
      output += "\(time(entry.start, mark: ".")) --> \(time(entry.end, mark: "."))\n"
      output += "\(entry.text)\n\n"
    }
    return output
  }

  private static func time(_ milliseconds: Int64, mark: Character) -> String {
    let seconds = milliseconds / 1_000
    let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
    return clock.joined(separator: ":") + "\(mark)\(padded(milliseconds % 1_000, 3))"
  }

  static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
