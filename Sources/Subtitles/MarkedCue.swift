/// A cue and what is to stand out in it.
package struct MarkedCue: Sendable, Hashable, Codable {
  package var cue: Cue
  /// What is marked, in UTF-8 code units of the cue's text. Any range is allowed: one that cuts a
  /// character marks all of it, and what lies outside counts as nothing.
  package var marks: [Range<Int>]

  package init(_ cue: Cue, marks: [Range<Int>] = []) {
    self.cue = cue
    self.marks = marks
  }

  /// The marks in order, without overlap, on whole characters, inside the text, none empty.
  package var wholeMarks: [Range<Int>] { Self.whole(marks, in: cue.text) }

  package static func whole(_ marks: [Range<Int>], in text: String) -> [Range<Int>] {
    let bounds = 0..<text.utf8.count
    var rest = marks.map { $0.clamped(to: bounds) }.filter { !$0.isEmpty }
      .sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }[...]
    var whole: [Range<Int>] = []
    var start = 0
    // One walk over the characters: each that a mark touches is marked.
    for character in text {
      let end = start + character.utf8.count
      defer { start = end }
      while let mark = rest.first, mark.upperBound <= start { rest = rest.dropFirst() }
      guard let mark = rest.first else { break }
      guard mark.lowerBound < end else { continue }
      if let last = whole.last, last.upperBound == start {
        whole[whole.count - 1] = last.lowerBound..<end
      } else {
        whole.append(start..<end)
      }
    }
    return whole
  }
}
