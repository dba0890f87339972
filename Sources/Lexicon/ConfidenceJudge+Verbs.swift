/// A verb and its particle, preposition, noun or more.
extension ConfidenceJudge {
  private enum Weight {
    static let perPowerOfTen = 0.3
    static let neverMet = -0.4
    static let hyphenated = 0.7

    // Verb and particle
    static let phrasal = -0.25
    static let adverbBeforeObject = 1.5
    static let adverb = 0.9
    static let eitherBeforeObject = -0.8
    static let either = 0.6
    static let caseMarkerBeforeObject = -2.6
    static let caseMarker = -0.8
    static let prepositionBeforeObject = -0.1
    static let pronounAsObject = 0.4
    static let aroundPronoun = 1.1
    static let aroundNoun = 0.3
    static let eitherAfterPronoun = -0.4
    static let eitherBetweenObjects = -1.0
    static let secondObject = -1.6
    static let direction = -0.3
    static let directionOfMotion = -1.4
    static let motion = -0.2
    static let figurative = 0.3
    static let motionTowardsObject = -0.6
    static let infinitive = -1.5
    static let state = -1.0
    static let copula = -1.0
    static let kindOfItsVerb = -0.7
    static let synonymOfItsVerb = 0.6

    // Verb and another word
    static let pair = -0.5
    static let manySensedVerb = 0.8
    static let pronoun = -1.3
    static let nounFollows = -0.7
    static let saysItsWord = -0.6

    // Three words and more
    static let idiom = 0.4
    static let splitIdiom = -1.0
    static let splitBeforeParticle = -0.2
    static let manySensedIdiom = -0.4
  }

  /// A verb of so many senses has little meaning of its own.
  private static let manySenses = 15
  private static let motionField = 38
  private static let stateField = 42

  func verb(_ match: Match, _ synset: Synset) throws(LexiconError) -> Odds? {
    let lemma = match.entry.words
    let literal = try wordNet.entry(of: lemma[0], as: .verb)
    let isManySensed = (literal?.senses.count ?? 0) >= Self.manySenses
    if lemma.count > 2 {
      if match.isSplit, lemma.count == 3, try !wordNet.takesObject(match.entry) {
        return nil
      }
      var odds = Odds(Weight.idiom)
      if match.isSplit {
        odds +=
          Vocabulary.particles.contains(lemma[1]) ? Weight.splitBeforeParticle : Weight.splitIdiom
      }
      if isManySensed { odds += Weight.manySensedIdiom }
      return odds
    }
    var odds = Odds(0)
    if try isKindOf(lemma[0], synset) { odds += Weight.kindOfItsVerb }
    if lemma[0] == "be" { odds += Weight.copula }
    let met = frequency(match)
    if Vocabulary.particles.contains(lemma[1]) {
      odds += Weight.phrasal
      odds += met == 0 ? Weight.neverMet : Weight.perPowerOfTen * powersOfTen(match)
      guard try add(particleOf: match, synset, literal, to: &odds) else { return nil }
      if isHyphenated(match) { odds += Weight.hyphenated }
      return odds
    }
    guard !match.isSplit || Vocabulary.objectComplements.contains(lemma[1]) else { return nil }
    odds += Weight.pair - Weight.perPowerOfTen * powersOfTen(match)
    if isManySensed { odds += Weight.manySensedVerb }
    if Vocabulary.objects.contains(lemma[1]) { odds += Weight.pronoun }
    switch classAfter(match) {
    case .noun, .adjective, .unknown: odds += Weight.nounFollows
    default: break
    }
    if UsefulnessJudge.says(synset.definition, lemma[1]) { odds += Weight.saysItsWord }
    return odds
  }

  /// - Returns: false when particle and object can't stand so.
  private func add(
    particleOf match: Match, _ synset: Synset, _ literal: IndexEntry?, to odds: inout Odds
  ) throws(LexiconError) -> Bool {
    let lemma = match.entry.words
    let particle = lemma[1]
    let follower = try isTimePhrase(after: match) ? nil : classAfter(match)
    let hasObject = follower?.beginsObject ?? false
    let isAdverb = Vocabulary.adverbParticles.contains(particle)
    if match.isSplit {
      let isPreposition =
        Vocabulary.caseMarkers.contains(particle)
        || Vocabulary.linkingPrepositions.contains(particle) && particle != "into"
      guard !isPreposition, try wordNet.takesObject(match.entry) else { return false }
      let isPronoun = match.isSplitByPronoun(words)
      odds += isPronoun ? Weight.aroundPronoun : Weight.aroundNoun
      if hasObject, particle != "into" {
        odds += Weight.secondObject
        if !isAdverb { odds += Weight.eitherBetweenObjects }
      } else if !isAdverb, isPronoun {
        odds += Weight.eitherAfterPronoun
      }
    } else if isAdverb {
      odds += hasObject ? Weight.adverbBeforeObject : Weight.adverb
    } else {
      if Vocabulary.caseMarkers.contains(particle) {
        odds += hasObject ? Weight.caseMarkerBeforeObject : Weight.caseMarker
      } else if Vocabulary.linkingPrepositions.contains(particle) {
        odds += hasObject ? Weight.prepositionBeforeObject : 0
      } else {
        odds += hasObject ? Weight.eitherBeforeObject : Weight.either
      }
      if follower == .object { odds += Weight.pronounAsObject }
      if particle == "to", follower == .verb { odds += Weight.infinitive }
    }
    let plain = try literal?.senses.first.flatMap { offset throws(LexiconError) in
      try wordNet.synset(at: offset, as: .verb)
    }
    if let plain {
      if plain.field == Self.motionField { odds += Weight.motion }
      if plain.field == Self.stateField { odds += Weight.state }
      if plain.field != synset.field, !hasObject { odds += Weight.figurative }
      if plain.field == Self.motionField, synset.field == Self.motionField, hasObject, !isAdverb {
        odds += Weight.motionTowardsObject
      }
    }
    if Vocabulary.directions.contains(particle) {
      odds += plain?.field == Self.motionField ? Weight.directionOfMotion : Weight.direction
    }
    if synset.words.contains(lemma[0]) { odds += Weight.synonymOfItsVerb }
    return true
  }

  /// Whether what the expression means is a way of doing what its verb alone says.
  private func isKindOf(_ verb: String, _ synset: Synset) throws(LexiconError) -> Bool {
    for offset in synset.hypernyms {
      guard let above = try wordNet.synset(at: offset, as: .verb) else { continue }
      if above.words.contains(verb) { return true }
      for offset in above.hypernyms {
        if try wordNet.synset(at: offset, as: .verb)?.words.contains(verb) == true { return true }
      }
    }
    return false
  }

  private func isHyphenated(_ match: Match) -> Bool {
    !match.isSplit && !words[match.last].startsToken
  }
}
