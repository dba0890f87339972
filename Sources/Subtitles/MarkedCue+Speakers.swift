extension MarkedCue {
  /// What several people say at one time as one entry again, each of them behind a dash; marks stay on their words.
  ///
  /// Players show entries of one time in any order, and some formats hold only one.
  /// - Parameter cues: in order of time.
  package static func joiningSpeakers(_ cues: [MarkedCue]) -> [MarkedCue] {
    var joined: [MarkedCue] = []
    var isSeveral = false
    for next in cues {
      guard let last = joined.last, last.cue.sharesEntry(with: next.cue) else {
        joined.append(next)
        isSeveral = false
        continue
      }
      var entry = isSeveral ? last : last.behindDash
      let added = next.behindDash
      let offset = entry.cue.text.utf8.count + 1
      entry.cue.text += "\n" + added.cue.text
      entry.cue.speaker = nil
      entry.marks += added.marks.map { $0.lowerBound + offset..<$0.upperBound + offset }
      joined[joined.count - 1] = entry
      isSeveral = true
    }
    return joined
  }

  private var behindDash: MarkedCue {
    var dashed = self
    dashed.cue.text = "- " + cue.text
    dashed.marks = wholeMarks.map { $0.lowerBound + 2..<$0.upperBound + 2 }
    return dashed
  }
}
