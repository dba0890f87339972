/// Pairs two languages of one episode.
package enum TranscriptPairing {
  /// How much of the shorter cue must be overlapped for a translation to belong to a second cue.
  private static let shareOfShorter = 0.4

  /// What each cue of `source` means, by cue number, in the words of `target`.
  ///
  /// Cues are paired by time, never by index: a target cue belongs to the source cue that it
  /// overlaps most (the earlier on a tie), and to any other where the overlap is at least 40 % of
  /// the shorter of the two. Several texts are joined by "\n" in time order.
  package static func translations(
    of source: Transcript, from target: Transcript
  ) -> [Int: String] {
    var texts: [Int: [String]] = [:]
    // Positions of source cues that began and may not have ended; with the positions after `next`,
    // the only ones that can overlap a target cue.
    var open: [Int] = []
    var next = 0
    for cue in target.cues {
      while next < source.cues.count, source.cues[next].start <= cue.start {
        open.append(next)
        next += 1
      }
      open.removeAll { source.cues[$0].end <= cue.start }
      let later = source.cues[next...].indices.prefix { source.cues[$0].start < cue.end }
      let candidates = open + later
      let overlaps = candidates.map { overlap(source.cues[$0], cue) }
      guard let most = overlaps.max(), most > 0, let best = overlaps.firstIndex(of: most) else {
        continue
      }
      for (position, overlap) in zip(candidates, overlaps) {
        let shorter = min(length(source.cues[position]), length(cue))
        let isEnough = overlap > 0 && Double(overlap) >= shareOfShorter * Double(shorter)
        guard position == candidates[best] || isEnough else { continue }
        texts[source.cues[position].number, default: []].append(cue.text)
      }
    }
    return texts.mapValues { $0.joined(separator: "\n") }
  }

  private static func length(_ cue: Cue) -> Int64 { (cue.end - cue.start).microseconds }

  private static func overlap(_ left: Cue, _ right: Cue) -> Int64 {
    (min(left.end, right.end) - max(left.start, right.start)).microseconds
  }
}
