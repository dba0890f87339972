/// Verbs of several words: idioms, phrasal verbs, and verbs with a preposition that only happens to
/// follow.
extension UsefulnessJudge {
  func verb(_ match: Match, _ synset: Synset) throws(LexiconError) -> Double {
    let lemma = match.entry.words
    guard !isNounHere(match) else { return 0 }
    if lemma.count > 2 {
      if match.isSplit, lemma.count == 3 {
        guard try hasObjectFrame(match.entry) else { return 0 }
      }
      return idiom(match, synset)
    }
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
    var value = content.isEmpty ? 0.72 : 0.88
    if let word = content.last, Self.says(synset.definition, word) {
      value -= Vocabulary.lightVerbs.contains(lemma[0]) ? 0.33 : 0.15
    }
    return match.isSplit ? value - 0.05 : value
  }

  private func phrasalVerb(_ match: Match, _ synset: Synset) throws(LexiconError) -> Double {
    let lemma = match.entry.words
    var value = 0.72
    if synset.words.contains(lemma[0]) {
      value -= 0.14
    } else if Self.says(synset.definition, lemma[0]) {
      value -= 0.08
    }
    // Of many meanings the most frequent one may not be meant.
    value -= 0.012 * Double(min(match.entry.senses.count - 1, 7))
    let isLight = Vocabulary.lightVerbs.contains(lemma[0])
    if isLight { value -= 0.06 }
    // "Carry the desk out" is what it says more often than "carry the plan out".
    if match.isSplit { value += !isLight ? 0.04 : match.isSplitByPronoun(words) ? 0.01 : -0.08 }
    if !isLight, Vocabulary.inseparable.contains(lemma[1]) { value -= 0.1 }
    let takesObject = try hasObjectFrame(match.entry)
    if match.isSplit, !takesObject { return 0 }
    let next = match.last + 1 < words.count ? words[match.last + 1] : nil
    if match.isSplit, lemma[1] == "out", next?.normal == "of" { return 0 }
    guard let object = object(after: match) else { return value }
    if match.isSplit, lemma[1] == "out", Vocabulary.determiners.contains(object) { return 0 }
    if Vocabulary.pureAdverbs.contains(lemma[1]) { return value }
    if match.isSplit, lemma[1] != "into" { return 0 }
    if !takesObject { return value - 0.35 }
    let isPreposition = ["at", "by", "in", "on", "to"].contains(lemma[1])
    if isLight, isPreposition, !Vocabulary.objects.contains(object) { value -= 0.15 }
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
    var value = 0.64
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

  /// The word after the match when it seems to begin a noun phrase in the same clause.
  private func object(after match: Match) -> String? {
    let place = match.last + 1
    guard place < words.count, words[place].continues else { return nil }
    let word = words[place].normal
    if Vocabulary.determiners.contains(word) || Vocabulary.objects.contains(word)
      || Vocabulary.isPossessive(word)
    {
      return word
    }
    if Vocabulary.isFunctionWord(word) || word.hasSuffix("ing") || word.contains("'") {
      return nil
    }
    return words[place].isCapitalised || !wordNet.baseForms(of: word, as: .noun).isEmpty
      ? word : nil
  }

  private func hasObjectFrame(_ entry: IndexEntry) throws(LexiconError) -> Bool {
    for offset in entry.senses {
      if let synset = try wordNet.synset(at: offset, as: .verb),
        Frames.takesObject(synset)
      {
        return true
      }
    }
    return false
  }
}
