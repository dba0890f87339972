/// Verbs of several words: what their words say already is worth little.
extension UsefulnessJudge {
  private static let motionField = 38

  func verb(_ match: Match, _ synset: Synset) throws(LexiconError) -> Double {
    let lemma = match.entry.words
    // Hyphens make a noun of a verb: "a break-in".
    guard !isNounHere(match), !match.isJoinedByHyphen(words) else { return 0 }
    if lemma.count > 2 { return idiom(match, synset) }
    guard lemma[0] != "be" else { return 0 }
    return Vocabulary.particles.contains(lemma[1])
      ? try phrasalVerb(match, synset) : verbWithNoun(match, synset)
  }

  private func idiom(_ match: Match, _ synset: Synset) -> Double {
    let lemma = match.entry.words
    let content = lemma.dropFirst().filter {
      !Vocabulary.particles.contains($0) && !Vocabulary.determiners.contains($0)
    }
    // "Get along with" is a phrasal verb with a preposition.
    var value = content.isEmpty ? 0.8 : 0.95
    if let word = content.last, Self.says(synset.definition, word) {
      // "Take a chance": the noun alone says it.
      value -= Vocabulary.lightVerbs.contains(lemma[0]) ? 0.3 : 0.15
    }
    return match.isSplit ? value - 0.05 : value
  }

  private func phrasalVerb(_ match: Match, _ synset: Synset) throws(LexiconError) -> Double {
    let lemma = match.entry.words
    var value = 0.76
    if synset.words.contains(lemma[0]) {
      value -= 0.18
    } else if Self.says(synset.definition, lemma[0]) {
      value -= 0.12
    }
    if synset.field == Self.motionField, Vocabulary.lightVerbs.contains(lemma[0]) { value -= 0.12 }
    // Of many meanings the most frequent one may not be meant.
    value -= 0.012 * Double(min(match.entry.senses.count - 1, 7))
    let isLight = Vocabulary.lightVerbs.contains(lemma[0])
    if isLight { value -= 0.06 }
    if Vocabulary.directions.contains(lemma[1]) { value -= 0.1 }
    // "Carry the desk out" is what it says more often than "carry the plan out".
    if match.isSplit { value += !isLight ? 0.04 : match.isSplitByPronoun(words) ? 0.01 : -0.08 }
    if match.isSplit, lemma[1] == "out", match.last + 1 < words.count,
      words[match.last + 1].normal == "of"
    {
      return 0
    }
    if !isLight, Vocabulary.caseMarkers.contains(lemma[1]) { value -= 0.1 }
    return value
  }

  private func verbWithNoun(_ match: Match, _ synset: Synset) -> Double {
    let lemma = match.entry.words
    // "Made it work": the pronoun is the object of something else.
    let next = match.last + 1
    if Vocabulary.objects.contains(lemma[1]), next < words.count, words[next].continues,
      !Vocabulary.isFunctionWord(words[next].normal)
        || ["up", "out", "off", "over"].contains(words[next].normal)
    {
      return 0
    }
    var value = 0.72
    if Self.says(synset.definition, lemma[1]) { value -= 0.2 }
    if Self.says(synset.definition, lemma[0]) { value -= 0.1 }
    if Vocabulary.lightVerbs.contains(lemma[0]) { value -= 0.06 }
    return value
  }

  /// "The run in with him", "cheap drinks in town": after an article or an adjective no verb
  /// stands.
  private func isNounHere(_ match: Match) -> Bool {
    guard match.first > 0, words[match.first].continues else { return false }
    let word = words[match.first - 1].normal
    if Vocabulary.beforeNouns.contains(word) { return true }
    guard !wordNet.baseForms(of: words[match.first].normal, as: .noun).isEmpty else { return false }
    if Vocabulary.determiners.contains(word) { return true }
    return !Vocabulary.isFunctionWord(word) && !wordNet.contains(word, as: .noun)
      && !wordNet.baseForms(of: word, as: .adjective).isEmpty
      && wordNet.baseForms(of: word, as: .verb).isEmpty
  }
}
