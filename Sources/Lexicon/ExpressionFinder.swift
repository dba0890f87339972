import Subtitles

/// Finds WordNet's expressions in dialogue and judges each twice: is it one here, and is it worth
/// learning.
package struct ExpressionFinder: Sendable {
  private let wordNet: WordNet
  private let leastConfidence: Double

  package init(wordNet: WordNet) {
    self.init(wordNet: wordNet, leastConfidence: ConfidenceJudge.threshold)
  }

  /// - Parameter leastConfidence: 0 to 1; what is below is not recognised.
  package init(wordNet: WordNet, leastConfidence: Double) {
    self.wordNet = wordNet
    self.leastConfidence = leastConfidence
  }

  /// What is recognised in consecutive cues, in order and without overlaps; of matches that overlap
  /// the longest is taken.
  package func expressions(in cues: [Cue]) throws(LexiconError) -> [FoundExpression] {
    let words = DialogueWord.words(of: cues)
    return try matches(in: words).map { match in
      FoundExpression(
        lemma: match.entry.lemma, partOfSpeech: match.entry.partOfSpeech,
        words: match.places.indices.filter { match.ownPlaces.contains(match.places[$0]) }.map {
          let word = words[match.places[$0]]
          return FoundExpression.Word(
            cue: word.cue, range: word.range, lemma: match.entry.words[$0])
        },
        confidence: match.confidence, usefulness: match.usefulness)
    }
  }

  func matches(in words: [DialogueWord]) throws(LexiconError) -> [Match] {
    let source = CachedWordNet(wordNet)
    var matcher = Matcher(wordNet: wordNet, words: words)
    let classes = WordClasses(wordNet: wordNet)
    let chooser = SenseChooser(wordNet: source, words: words)
    let sureness = ConfidenceJudge(wordNet: source, words: words, classes: classes)
    let worth = UsefulnessJudge(wordNet: source, words: words, classes: classes)
    var recognised: [Match] = []
    for var match in try matcher.matches() {
      // The leading sense is enough here; what is meant is asked of the few that remain.
      match.sense = try match.entry.senses.first.flatMap { offset throws(LexiconError) in
        try source.synset(at: offset, as: match.entry.partOfSpeech)
      }
      match.confidence = try sureness.confidence(of: match)
      if match.confidence >= leastConfidence { recognised.append(match) }
    }
    var taken: [Match] = []
    for match in recognised.sorted(by: Match.precedes)
    where !taken.contains(where: { $0.overlaps(match) }) {
      taken.append(match)
    }
    taken.sort { $0.first < $1.first }
    for index in taken.indices {
      taken[index].sense = try chooser.sense(of: taken[index])
      taken[index].usefulness = try worth.usefulness(of: taken[index])
    }
    return taken
  }
}
