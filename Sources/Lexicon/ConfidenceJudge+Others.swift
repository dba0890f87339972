/// Compounds, and phrases that stand as adverb or adjective.
extension ConfidenceJudge {
  private enum Weight {
    // Compounds
    static let compound = 0.4
    static let hyphenatedCompound = 1.3
    static let quantityOrTime = -1.2
    static let endsInParticle = -1.0
    static let nounBeforeNoun = 0.9
    static let longCompound = 0.7
    static let person = -0.9
    static let opaque = 0.25
    static let opaquePerson = 0.5
    static let afterNoun = -0.6
    static let number = -1.0
    static let compoundNeverMet = -0.4
    static let compoundPerPowerOfTen = -0.2
    static let saysModifier = -0.2

    // Adverbs and adjectives
    static let phrase = -0.6
    static let hyphenatedPhrase = 1.0
    static let beginsLikeClause = -1.3
    static let endsInPronoun = -1.2
    static let endsInFunctionWord = -0.5
    static let endsInNoun = 0.85
    static let endsInVerbAfterPreposition = 0.5
    static let endsInAdjectiveAfterPreposition = 1.6
    static let endsInAdverb = 0.4
    static let prepositionAndArticle = 0.6
    static let nounFollows = -1.1
    static let beginsInDegree = -0.7
    static let longBeginsInDegree = -0.5
    static let saysLast = -0.3
    static let pairOfEquals = 0.5
    static let perPowerOfTen = 0.45
    static let neverMet = 0.2
  }

  private static let personField = 18
  private static let measureFields: Set = [23, 28]

  func noun(_ match: Match, _ synset: Synset) throws(LexiconError) -> Odds? {
    let lemma = match.entry.words
    guard let first = lemma.first, let last = lemma.last else { return nil }
    switch classes.wordClass(of: first) {
    case .determiner, .object, .subject, .auxiliary, .clause: return nil
    case .particle where !Vocabulary.adverbParticles.contains(first): return nil
    default: break
    }
    let isHyphenated = !words[match.last].startsToken
    var odds = Odds(Weight.compound)
    if isHyphenated { odds += Weight.hyphenatedCompound }
    if Numerals.contains([first]) || first.first?.isNumber == true { odds += Weight.number }
    if Self.measureFields.contains(synset.field) { odds += Weight.quantityOrTime }
    if synset.field == Self.personField { odds += Weight.person }
    if Vocabulary.particles.contains(last), !isHyphenated { odds += Weight.endsInParticle }
    let headComesFirst = lemma.dropFirst().dropLast().contains(where: Vocabulary.particles.contains)
    if try !wordNet.isKind(of: headComesFirst ? first : last, synset) {
      odds += Weight.opaque
      if synset.field == Self.personField { odds += Weight.opaquePerson }
    }
    if UsefulnessJudge.says(synset.definition, headComesFirst ? last : first) {
      odds += Weight.saysModifier
    }
    if lemma.count > 2 {
      odds += Weight.longCompound
    } else if classes.frequency(of: first, as: .noun) > classes.frequency(of: first, as: .adjective)
      || wordNet.baseForms(of: first, as: .adjective).isEmpty
    {
      odds += Weight.nounBeforeNoun
    }
    if classBefore(match) == .noun { odds += Weight.afterNoun }
    odds +=
      frequency(match) == 0
      ? Weight.compoundNeverMet : Weight.compoundPerPowerOfTen * powersOfTen(match)
    return odds
  }

  func modifier(_ match: Match, _ synset: Synset) throws(LexiconError) -> Odds? {
    let lemma = match.entry.words
    guard let first = lemma.first, let last = lemma.last else { return nil }
    let next = match.last + 1 < words.count ? words[match.last + 1] : nil
    // "As well as" is another phrase than "as well".
    if let next, next.continues, next.normal == "as", first == "as" || last == "well" { return nil }
    var odds = Odds(Weight.phrase)
    if !words[match.last].startsToken { odds += Weight.hyphenatedPhrase }
    let isClause: (String) -> Bool = { word in
      switch self.classes.wordClass(of: word) {
      case .subject, .auxiliary, .clause: true
      default: false
      }
    }
    if isClause(first), first != "to", first != "not" { odds += Weight.beginsLikeClause }
    let endsInPronoun = Vocabulary.objects.contains(last) || Vocabulary.determiners.contains(last)
    if endsInPronoun {
      odds += Weight.endsInPronoun
    } else if Vocabulary.determiners.contains(lemma[lemma.count - 2]) {
      // "Out of the blue": after an article everything is a noun.
      odds += Weight.endsInNoun
    } else if isClause(last) {
      odds += Weight.endsInFunctionWord
    } else if !Vocabulary.particles.contains(last) {
      odds += ending(lemma, last)
    } else if Vocabulary.adverbParticles.contains(last), !Vocabulary.particles.contains(first) {
      // "Fed up", "hands down", not "out of".
      odds += Weight.endsInAdverb
    }
    if lemma.count > 3, Vocabulary.particles.contains(first),
      Vocabulary.determiners.contains(lemma[1])
    {
      odds += Weight.prepositionAndArticle
    }
    if Vocabulary.particles.contains(first), !endsInPronoun,
      classAfter(match)?.belongsToNoun == true, try !isTimePhrase(after: match)
    {
      odds += Weight.nounFollows
    }
    if Vocabulary.determiners.contains(first) || Vocabulary.degrees.contains(first) {
      odds += lemma.count == 2 ? Weight.beginsInDegree : Weight.longBeginsInDegree
    }
    if UsefulnessJudge.says(synset.definition, last) { odds += Weight.saysLast }
    if lemma.dropFirst().dropLast().contains(where: { $0 == "and" || $0 == "or" }) {
      odds += Weight.pairOfEquals
    }
    odds += frequency(match) == 0 ? Weight.neverMet : Weight.perPowerOfTen * powersOfTen(match)
    return odds
  }

  /// What the last word of a phrase tells, seen with the word before it.
  private func ending(_ lemma: [String], _ last: String) -> Double {
    if classes.isMostly(.noun, last) { return Weight.endsInNoun }
    let before = lemma[lemma.count - 2]
    guard Vocabulary.particles.contains(before), before != "to" else { return 0 }
    // "From scratch", "at best": nothing but a noun stands after a preposition as a rule.
    return classes.isMostly(.verb, last)
      ? Weight.endsInVerbAfterPreposition : Weight.endsInAdjectiveAfterPreposition
  }
}
