import Subtitles

/// Where sentences end, by what stands at the ends and beginnings of cues.
enum SentenceMarks {
  static func endsSentence(_ cue: Cue, before next: Cue, _ silence: MediaTime) -> Bool {
    if next.start - cue.end > silence || changesSpeaker(from: cue, to: next) { return true }
    guard closes(cue.text) else { return false }
    return !runsOn(next.text)
  }

  /// Whether a text closes with a mark that ends a sentence; "Mr." does not.
  static func closes(_ text: String) -> Bool {
    guard let mark = closingMark(of: text) else { return true }
    guard ".!?\u{2026}\u{3002}\u{FF01}\u{FF1F}\u{061F}\u{0964}".contains(mark) else { return false }
    guard mark == "." else { return true }
    let last = text.split(whereSeparator: \.isWhitespace).last ?? ""
    return last.last != "." || !Titles.contains(last.dropLast().lowercased())
  }

  /// The last character that is no closing quote or bracket; nil for a text without any.
  static func closingMark(of text: String) -> Character? {
    text.last { !$0.isWhitespace && !closing.contains($0) }
  }

  private static let closing: Set<Character> = [
    "\"", "'", "\u{201D}", "\u{2019}", ")", "]", "\u{00BB}", "\u{300D}", "\u{266A}", "\u{266B}",
  ]

  /// "…that it was over", after a cue that trailed off.
  private static func runsOn(_ text: String) -> Bool {
    guard let first = text.first(where: { !$0.isWhitespace && !"\"'\u{201C}\u{2018}".contains($0) })
    else { return false }
    return first.isLowercase || first == "\u{2026}" || text.hasPrefix("...")
  }

  private static func changesSpeaker(from cue: Cue, to next: Cue) -> Bool {
    if next.changesSpeaker(after: cue) { return true }
    let dash = next.text.first { !$0.isWhitespace }
    return dash.map { "-\u{2010}\u{2011}\u{2013}\u{2014}".contains($0) } ?? false
  }
}
