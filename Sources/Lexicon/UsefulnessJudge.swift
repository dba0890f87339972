/// Says how much a match is worth learning, 0 to 1: idioms high, what its words say already low.
///
/// The scale: 0.85 an idiom of three words or more, about 0.65 a phrasal verb, 0.5 a set phrase of
/// two words. It goes down for each reason to think that the phrase is transparent, too common to
/// be news, or not there at all.
struct UsefulnessJudge {
  /// What is below is left out.
  static let threshold = 0.4

  let wordNet: WordNet
  let words: [DialogueWord]

  func judged(_ match: Match) throws(LexiconError) -> Match {
    var match = match
    guard !CommonPhrases.lemmas.contains(match.entry.lemma), !isTitle(match),
      let synset = try SenseChooser(wordNet: wordNet, words: words).sense(of: match)
    else { return match }
    match.sense = synset
    match.usefulness = try usefulness(of: match, synset)
    return match
  }

  private func usefulness(
    of match: Match, _ synset: Synset
  ) throws(LexiconError) -> Double {
    let entry = match.entry
    let isName = synset.words.contains { word in
      word.lowercased() == entry.lemma && word.contains(where: \.isUppercase)
    }
    // "go Dutch" is a verb with a name in it, not a name.
    if synset.isInstance || isName && entry.partOfSpeech != .verb { return 0 }
    let value =
      switch entry.partOfSpeech {
      case .verb: try verb(match, synset)
      case .noun: try noun(match, synset)
      case .adjective, .adverb: modifier(match, synset)
      }
    return (min(max(value, 0), 1) * 100).rounded() / 100
  }

  /// Capital letters on every longer word inside a sentence make a title or a name.
  private func isTitle(_ match: Match) -> Bool {
    let long = words[match.first...match.last].filter { $0.normal.count > 3 }
    guard long.count > 1, long.allSatisfy(\.isCapitalised) else { return false }
    let neighbours = words.filter { $0.cue == words[match.first].cue }
    return neighbours.contains { !$0.isCapitalised }
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
    guard let last = lemma.last else { return 0 }
    let content = lemma.filter { !Vocabulary.particles.contains($0) && $0.count > 2 }
    if Vocabulary.objects.contains(last) || Numerals.contains(content) { return 0 }
    if match.entry.partOfSpeech == .adjective {
      // "Proud of" is grammar; "up to" is a misreading of something else most of the time.
      if lemma.count == 2, Vocabulary.prepositions.contains(last) {
        return Vocabulary.pureAdverbs.contains(last) || last == "off" ? 0.5 : 0.3
      }
    }
    if describesWhatFollows(match) { return 0 }
    var value = lemma.count > 2 ? 0.78 : 0.52
    if let word = content.last, Self.says(synset.definition, word) { value -= 0.15 }
    if !match.entry.lemma.contains("_") { value -= 0.15 }
    return value - 0.02 * Double(min(match.entry.senses.count - 1, 4))
  }
}
