import Glibc

/// Says how sure it is that a match is one expression where it stands, and not words that only
/// happen to meet.
///
/// What follows and goes before, the grammar of verb and particle, and what WordNet knows of the
/// lemma are evidence, each with a weight in log-odds. Whether the expression is worth learning is
/// another question, `UsefulnessJudge`'s.
struct ConfidenceJudge {
  /// What is below is no expression.
  static let threshold = 0.4

  private static let timeField = 28

  let wordNet: CachedWordNet
  let words: [DialogueWord]
  let classes: WordClasses

  /// 0 to 1.
  /// - Parameter match: has a sense.
  func confidence(of match: Match) throws(LexiconError) -> Double {
    guard let synset = match.sense, !isTitle(match, synset) else { return 0 }
    let odds =
      switch match.entry.partOfSpeech {
      case .verb: try verb(match, synset)
      case .noun: try noun(match, synset)
      case .adjective, .adverb: try modifier(match, synset)
      }
    return odds?.probability ?? 0
  }

  /// Class of the word after the match in the same clause.
  func classAfter(_ match: Match) -> WordClass? {
    let next = match.last + 1
    guard next < words.count, words[next].continues else { return nil }
    return classes.wordClass(of: words[next].normal)
  }

  /// Class of the word before the match in the same clause.
  func classBefore(_ match: Match) -> WordClass? {
    guard match.first > 0, words[match.first].continues else { return nil }
    return classes.wordClass(of: words[match.first - 1].normal)
  }

  /// "Last night", "this time": what follows tells when, and is no object.
  func isTimePhrase(after match: Match) throws(LexiconError) -> Bool {
    let noun = match.last + 2
    guard noun < words.count, words[noun].continues, words[noun - 1].continues,
      Vocabulary.beforeTimes.contains(words[noun - 1].normal)
    else { return false }
    for base in wordNet.baseForms(of: words[noun].normal, as: .noun) {
      guard let sense = try wordNet.entry(of: base, as: .noun)?.senses.first else { continue }
      if try wordNet.synset(at: sense, as: .noun)?.field == Self.timeField { return true }
    }
    return false
  }

  /// What a lemma that was met often is worth, per power of ten.
  func powersOfTen(_ match: Match) -> Double {
    min(2, log10(1 + Double(frequency(match))))
  }

  func frequency(_ match: Match) -> Int {
    wordNet.frequency(of: match.entry)
  }

  /// Capital letters on every longer word inside a sentence make a title or a name, unless the
  /// lemma itself is one.
  private func isTitle(_ match: Match, _ synset: Synset) -> Bool {
    let long = words[match.first...match.last].filter { $0.normal.count > 3 }
    guard long.count > 1, long.allSatisfy(\.isCapitalised), !synset.isName(match.entry.lemma)
    else { return false }
    let neighbours = words.filter { $0.cue == words[match.first].cue }
    return neighbours.contains { !$0.isCapitalised }
  }
}
