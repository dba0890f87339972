import Subtitles

/// Where a phrase was found.
package struct PhraseMatch: Sendable, Hashable {
  /// In the order of time, never overlapping, never empty.
  package var spans: [CueSpan]
  /// True when each word stands there as it is given, next to the one before.
  package var isExact: Bool
  /// How many cues it runs over, from the first to the last.
  package var cueCount: Int
  var rank: Rank

  /// What makes one match better than another; the lower the better.
  struct Rank: Sendable, Hashable, Comparable {
    /// Cues over what a phrase may run over.
    var excess: Int
    var sentenceEnds: Int
    var gapWords: Int
    var cost: Int
    /// Cues between it and the nearest of those that were named.
    var distance: Int
    var position: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.excess, left.sentenceEnds, left.gapWords, left.cost, left.distance, left.position)
        < (
          right.excess, right.sentenceEnds, right.gapWords, right.cost, right.distance,
          right.position
        )
    }
  }
}
