/// Typesetting repeats a text frame by frame and layer by layer; such cues become one.
struct RepeatedCues {
  private static let frame = MediaTime.milliseconds(50)

  /// While cues begin in order of time: those that a later one may still repeat.
  private var recent = Scratch<Int>()
  private static let recentLimit = 16
  private var latestStart = MediaTime.zero
  /// The last cue with each text, once there is no order, or too much at a time.
  private var last: [String: Int]?

  /// Whether a cue repeats the last of its text before, which is then shown for the time of both; if not, it is to be
  /// appended.
  mutating func join(_ cue: Cue, to cues: inout [Cue]) -> Bool {
    if last == nil, cue.start < latestStart || recent.count >= Self.recentLimit {
      last = [:]
      for (index, cue) in cues.enumerated() { last?[cue.text] = index }
    }
    guard last == nil else {
      if let index = last?[cue.text], widen(&cues[index], by: cue) { return true }
      last?[cue.text] = cues.count
      return false
    }
    latestStart = cue.start
    // What is over now is over for all that begins later, too.
    let oldest = cue.start - Self.frame
    recent.keepAll { cues[$0].end >= oldest }
    for index in recent where cues[index].text == cue.text && widen(&cues[index], by: cue) {
      return true
    }
    recent.append(cues.count)
    return false
  }

  /// False where another time lies between them.
  private func widen(_ known: inout Cue, by cue: Cue) -> Bool {
    guard cue.start <= known.end + Self.frame, cue.end + Self.frame >= known.start else {
      return false
    }
    known.start = min(known.start, cue.start)
    known.end = max(known.end, cue.end)
    return true
  }
}
