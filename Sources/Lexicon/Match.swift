/// A lemma of several words found in the dialogue.
struct Match: Sendable {
  var entry: IndexEntry
  /// Positions of the lemma's words among the dialogue's, in order.
  var places: [Int]
  /// The meaning that is taken; nil until it was looked for.
  var sense: Synset?
  /// 0 to 1, how sure it is that these words are one expression here.
  var confidence = 0.0
  /// 0 to 1, how much it is worth a clip; below the extractor's threshold it only keeps shorter
  /// matches from being seen in its place.
  var usefulness = 0.0

  var first: Int { places[0] }
  var last: Int { places[places.count - 1] }
  /// True when words that are not the lemma's stand inside.
  var isSplit: Bool { last - first + 1 > places.count }

  /// Places of the words that the lemma gives itself: what stands for its "someone's" is left out.
  var ownPlaces: [Int] {
    places.indices.filter { !Vocabulary.placeholders.contains(entry.words[$0]) }.map { places[$0] }
  }

  /// "Figured it all out": a pronoun is the object inside.
  func isSplitByPronoun(_ words: [DialogueWord]) -> Bool {
    isSplit && Vocabulary.objects.contains(words[first + 1].normal)
  }

  /// "A break-in": hyphens that the lemma itself does not have.
  func isJoinedByHyphen(_ words: [DialogueWord]) -> Bool {
    !entry.lemma.contains("-") && places.dropFirst().contains { !words[$0].startsToken }
  }

  func overlaps(_ other: Match) -> Bool { first <= other.last && other.first <= last }

  /// The longest first; then the more certain, then by place and name. Of equal length an adverb
  /// goes before what would need an inflected form: "hands down" is not "hand down".
  static func precedes(_ left: Match, _ right: Match) -> Bool {
    let strength = { (match: Match) in
      (match.places.count, match.entry.partOfSpeech == .adverb ? 1 : 0, match.confidence)
    }
    if strength(left) != strength(right) { return strength(left) > strength(right) }
    return (left.first, left.last, left.rank, left.entry.lemma)
      < (right.first, right.last, right.rank, right.entry.lemma)
  }

  private var rank: Int { PartOfSpeech.allCases.firstIndex(of: entry.partOfSpeech) ?? 0 }
}
