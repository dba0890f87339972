/// Says how much an expression is worth learning, 0 to 1: idioms high, what its words say already
/// low.
///
/// The scale before doubt: 0.88 an idiom of three words or more, about 0.7 a phrasal verb, 0.6 a
/// set phrase of two words. It goes down for each reason to think that the phrase is transparent or
/// too common to be news, and with the confidence that it is there at all.
struct UsefulnessJudge {
  /// What is below is left out.
  static let threshold = 0.4
  /// What is left of the value where nothing is sure.
  private static let leastTrust = 0.7

  let wordNet: CachedWordNet
  let words: [DialogueWord]
  let classes: WordClasses

  /// - Parameter match: its sense and its confidence are known.
  func usefulness(of match: Match) throws(LexiconError) -> Double {
    guard let synset = match.sense, !CommonPhrases.lemmas.contains(match.entry.lemma) else {
      return 0
    }
    // "go Dutch" is a verb with a name in it, not a name.
    if synset.isInstance || match.entry.partOfSpeech != .verb && synset.isName(match.entry.lemma) {
      return 0
    }
    let value =
      switch match.entry.partOfSpeech {
      case .verb: try verb(match, synset)
      case .noun: try noun(match, synset)
      case .adjective, .adverb: modifier(match, synset)
      }
    let trust = Self.leastTrust + (1 - Self.leastTrust) * match.confidence
    return (min(max(value * trust, 0), 1) * 100).rounded() / 100
  }

  /// Whether the definition says the word itself, or one of its stem.
  static func says(_ definition: String, _ word: String) -> Bool {
    let stem = word.count > 5 ? String(word.prefix(word.count - 2)) : word
    let words = definition.lowercased().split { !$0.isLetter }
    return words.contains { text in
      stem.count < 4 ? text == stem || text == stem + "s" : text.contains(stem)
    }
  }

  /// "In on the whole thing" has no "on the whole": its last word belongs to the noun that follows.
  private func describesWhatFollows(_ match: Match) -> Bool {
    let next = match.last + 1
    guard next < words.count, words[next].continues,
      Vocabulary.determiners.contains(words[max(match.last - 1, match.first)].normal)
    else { return false }
    let word = words[next].normal
    return wordNet.contains(words[match.last].normal, as: .adjective)
      && !Vocabulary.isFunctionWord(word) && wordNet.contains(word, as: .noun)
  }

  private func modifier(_ match: Match, _ synset: Synset) -> Double {
    let lemma = match.entry.words
    guard let first = lemma.first, let last = lemma.last else { return 0 }
    let content = lemma.filter { !Vocabulary.particles.contains($0) && $0.count > 2 }
    if Vocabulary.objects.contains(last) || Numerals.contains(content) { return 0 }
    if match.entry.partOfSpeech == .adjective {
      // "Proud of" is grammar; "up to" is a misreading of something else most of the time.
      if lemma.count == 2, Vocabulary.prepositions.contains(last) {
        return Vocabulary.pureAdverbs.contains(last) || last == "off" ? 0.62 : 0.3
      }
    }
    if describesWhatFollows(match) { return 0 }
    var value = lemma.count > 2 ? 0.82 : 0.6
    if let word = content.last, Self.says(synset.definition, word) { value -= 0.15 }
    if lemma.count == 2, !Vocabulary.particles.contains(first) {
      // "Very best", "all night": the first word only measures the other.
      if Vocabulary.determiners.contains(first) || Vocabulary.degrees.contains(first) {
        value -= 0.25
      } else if Self.says(synset.definition, first) {
        value -= 0.1
      }
    }
    if !match.entry.lemma.contains("_") { value -= 0.15 }
    return value - 0.02 * Double(min(match.entry.senses.count - 1, 4))
  }
}
