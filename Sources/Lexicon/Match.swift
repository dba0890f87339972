/// A lemma of several words found in the dialogue.
struct Match: Sendable {
  var entry: IndexEntry
  /// Positions of the lemma's words among the dialogue's, in order.
  var places: [Int]
  /// The meaning that is taken; nil until it was looked for.
  var sense: Synset?
  /// 0 to 1; below the extractor's threshold it only keeps shorter matches from being seen in its
  /// place.
  var usefulness = 0.0

  var first: Int { places[0] }
  var last: Int { places[places.count - 1] }
  /// True when words that are not the lemma's stand inside.
  var isSplit: Bool { last - first + 1 > places.count }

  /// "Figured it all out": a pronoun is the object inside.
  func isSplitByPronoun(_ words: [DialogueWord]) -> Bool {
    isSplit && Vocabulary.objects.contains(words[first + 1].normal)
  }

  func overlaps(_ other: Match) -> Bool { first <= other.last && other.first <= last }

  /// The longest first; then the more useful, then by place and name. Of equal length an adverb
  /// goes before what would need an inflected form: "hands down" is not "hand down".
  static func precedes(_ left: Match, _ right: Match) -> Bool {
    let strength = { (match: Match) in
      (match.places.count, match.isUsefulAdverb ? 1 : 0, match.usefulness)
    }
    if strength(left) != strength(right) { return strength(left) > strength(right) }
    return (left.first, left.last, left.rank, left.entry.lemma)
      < (right.first, right.last, right.rank, right.entry.lemma)
  }

  private var isUsefulAdverb: Bool {
    entry.partOfSpeech == .adverb && usefulness >= UsefulnessJudge.threshold
  }

  private var rank: Int { PartOfSpeech.allCases.firstIndex(of: entry.partOfSpeech) ?? 0 }
}
