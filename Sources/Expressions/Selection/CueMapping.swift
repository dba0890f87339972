import Subtitles

/// Which cues of one transcript are which cues of another of the same film.
///
/// Texts that occur once in both hold the two together, whatever became of the times; between them times count.
/// Takes time that grows a little faster than linearly.
package struct CueMapping: Sendable {
  private struct Anchor {
    var old: Int
    var new: Int
  }

  private let old: [Cue]
  private let new: [Cue]
  /// By position, rising in both.
  private let anchors: [Anchor]

  package init(from old: Transcript, to new: Transcript) {
    self.old = old.cues
    self.new = new.cues
    anchors = Self.anchors(old.cues, new.cues)
  }

  /// The numbers of the new cues that hold what a run of old cues says; nil where there is no cue at all.
  package func cues(at numbers: ClosedRange<Int>) -> ClosedRange<Int>? {
    guard !new.isEmpty, old.indices.contains(numbers.lowerBound - 1),
      old.indices.contains(numbers.upperBound - 1)
    else { return nil }
    let first = position(of: numbers.lowerBound - 1).first
    let last = position(of: numbers.upperBound - 1).last
    return (min(first, last) + 1)...(max(first, last) + 1)
  }

  /// The first and the last new cue that share time with an old one, else the one that is nearest.
  private func position(of index: Int) -> (first: Int, last: Int) {
    let next = anchors.partitioningIndex { $0.old >= index }
    if anchors.indices.contains(next), anchors[next].old == index {
      return (anchors[next].new, anchors[next].new)
    }
    let bounds = bounds(before: next)
    let cue = old[index]
    let shift = shift(at: cue.start, before: next)
    let (start, end) = (cue.start + shift, cue.end + shift)
    let shared = bounds.filter { position in
      let both = min(new[position].end, end) - max(new[position].start, start)
      let shorter = min(new[position].end - new[position].start, end - start)
      return both + both >= shorter
    }
    if let first = shared.first, let last = shared.last { return (first, last) }
    let nearest = bounds.min { distance(of: $0, from: start) < distance(of: $1, from: start) }
    return nearest.map { ($0, $0) } ?? (bounds.lowerBound, bounds.lowerBound)
  }

  /// The new cues between two anchors; the anchors' own where there are none.
  private func bounds(before next: Int) -> ClosedRange<Int> {
    let low = next > 0 ? anchors[next - 1].new + 1 : 0
    let high = next < anchors.count ? anchors[next].new - 1 : new.count - 1
    return low <= high ? low...high : max(0, min(high, low))...min(new.count - 1, max(high, low))
  }

  private func distance(of position: Int, from time: MediaTime) -> MediaTime {
    let distance = new[position].start - time
    return distance < .zero ? .zero - distance : distance
  }

  /// What the new times are later, between two anchors in proportion to the way from one to the other.
  private func shift(at time: MediaTime, before next: Int) -> MediaTime {
    let before = next > 0 ? anchors[next - 1] : nil
    let after = next < anchors.count ? anchors[next] : nil
    switch (before, after) {
    case (nil, nil): return .zero
    case (let anchor?, nil), (nil, let anchor?): return shift(of: anchor)
    case (let before?, let after?):
      let (from, to) = (old[before.old].start, old[after.old].start)
      guard to > from else { return shift(of: before) }
      let share = (time - from).seconds / (to - from).seconds
      let difference = (shift(of: after) - shift(of: before)).seconds
      return shift(of: before) + .seconds(difference * share)
    }
  }

  private func shift(of anchor: Anchor) -> MediaTime {
    new[anchor.new].start - old[anchor.old].start
  }

  // MARK: Anchors

  private static func anchors(_ old: [Cue], _ new: [Cue]) -> [Anchor] {
    let places = uniqueTexts(new)
    let pairs = uniqueTexts(old).compactMap { text, position in
      places[text].map { Anchor(old: position, new: $0) }
    }.sorted { $0.old < $1.old }
    return longestRising(pairs)
  }

  private static func uniqueTexts(_ cues: [Cue]) -> [String: Int] {
    var places: [String: Int?] = [:]
    for (position, cue) in cues.enumerated() {
      let text = normal(cue.text)
      guard !text.isEmpty else { continue }
      places[text] = .some(places[text] == nil ? position : nil)
    }
    return places.compactMapValues { $0 }
  }

  /// Whether two cues say the same, letter by letter.
  package static func isSameText(_ one: Cue, _ other: Cue) -> Bool {
    normal(one.text) == normal(other.text)
  }

  static func normal(_ text: String) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The longest run of pairs that rise in both.
  private static func longestRising(_ pairs: [Anchor]) -> [Anchor] {
    var tails: [Int] = []
    var before = [Int?](repeating: nil, count: pairs.count)
    for (index, pair) in pairs.enumerated() {
      let place = tails.partitioningIndex { pairs[$0].new >= pair.new }
      before[index] = place > 0 ? tails[place - 1] : nil
      if place == tails.count { tails.append(index) } else { tails[place] = index }
    }
    var run: [Anchor] = []
    var index = tails.last
    while let current = index {
      run.append(pairs[current])
      index = before[current]
    }
    return run.reversed()
  }
}

extension Array {
  /// The first index from which on `isAfter` holds; it has to hold for all after one for which it does.
  fileprivate func partitioningIndex(where isAfter: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
