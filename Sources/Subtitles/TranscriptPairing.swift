/// Pairs two languages of one episode, by time and never by index.
///
/// A cue of the other language belongs to the source cue that it overlaps most (the earlier on a
/// tie), and to any other where the overlap is at least 40 % of the shorter of the two.
package enum TranscriptPairing {
  /// Cues that belong together: each is connected with each other one, through others at most.
  package struct Pair: Sendable, Hashable {
    /// Cue numbers, ascending; never empty.
    package var source: [Int]
    package var other: [Int]

    package init(source: [Int], other: [Int]) {
      self.source = source
      self.other = other
    }
  }

  /// How much of the shorter cue must be overlapped for a translation to belong to a second cue.
  private static let shareOfShorter = 0.4

  /// What each cue of `source` means, by cue number, in the words of `target`.
  ///
  /// Several texts are joined by "\n" in time order; a text that covers several cues is given to
  /// each of them.
  package static func translations(
    of source: Transcript, from target: Transcript
  ) -> [Int: String] {
    var texts: [Int: [String]] = [:]
    for link in links(source.cues, target.cues) {
      texts[source.cues[link.source].number, default: []].append(target.cues[link.other].text)
    }
    return texts.mapValues { $0.joined(separator: "\n") }
  }

  /// The smallest sets of cues that belong together, in the order of their source cues. Each cue is
  /// in one pair at most; what has no partner is in none.
  package static func pairs(of source: Transcript, with other: Transcript) -> [Pair] {
    components(source.cues, other.cues).map { pair in
      Pair(
        source: pair.source.map { source.cues[$0].number },
        other: pair.other.map { other.cues[$0].number })
    }
  }

  /// Pairs of positions, for cues in order of their start.
  static func components(_ source: [Cue], _ other: [Cue]) -> [Pair] {
    let links = links(source, other)
    // Each source cue names an earlier one of its pair; the first names itself.
    var earlier = Array(source.indices)
    func first(_ position: Int) -> Int {
      var position = position
      while earlier[position] != position {
        earlier[position] = earlier[earlier[position]]
        position = earlier[position]
      }
      return position
    }
    var home = [Int?](repeating: nil, count: other.count)
    for link in links {
      guard let known = home[link.other] else {
        home[link.other] = link.source
        continue
      }
      let roots = [first(known), first(link.source)].sorted()
      earlier[roots[1]] = roots[0]
    }
    var others: [Int: [Int]] = [:]
    for (position, source) in home.enumerated() {
      if let source { others[first(source), default: []].append(position) }
    }
    var sources: [Int: [Int]] = [:]
    for position in source.indices { sources[first(position), default: []].append(position) }
    return source.indices.compactMap { position in
      guard let partners = others[position] else { return nil }
      return Pair(source: sources[position] ?? [], other: partners)
    }
  }

  /// Which positions belong to each other, by the other cue and then by the source cue.
  private static func links(_ source: [Cue], _ other: [Cue]) -> [(source: Int, other: Int)] {
    var links: [(source: Int, other: Int)] = []
    // Positions of source cues that began and may not have ended; with the positions after `next`,
    // the only ones that can overlap a cue.
    var open: [Int] = []
    var next = 0
    for (position, cue) in other.enumerated() {
      while next < source.count, source[next].start <= cue.start {
        open.append(next)
        next += 1
      }
      open.removeAll { source[$0].end <= cue.start }
      let later = source[next...].indices.prefix { source[$0].start < cue.end }
      let candidates = open + later
      let overlaps = candidates.map { overlap(source[$0], cue) }
      guard let most = overlaps.max(), most > 0, let best = overlaps.firstIndex(of: most) else {
        continue
      }
      for (candidate, overlap) in zip(candidates, overlaps) {
        let shorter = min(length(source[candidate]), length(cue))
        let isEnough = overlap > 0 && Double(overlap) >= shareOfShorter * Double(shorter)
        guard candidate == candidates[best] || isEnough else { continue }
        links.append((candidate, position))
      }
    }
    return links
  }

  private static func length(_ cue: Cue) -> Int64 { (cue.end - cue.start).microseconds }

  /// In microseconds; negative where the two are apart.
  static func overlap(_ left: Cue, _ right: Cue) -> Int64 {
    (min(left.end, right.end) - max(left.start, right.start)).microseconds
  }
}
