/// Compounds: "piece of cake" is worth a clip, "coffee cup" says itself.
///
/// How often a compound was met tells nothing of that. What its definition leaves unsaid does: a
/// white lie is a lie, but nobody sees from "white" which.
extension UsefulnessJudge {
  /// WordNet's fields of things one can touch or go to, whose compounds are names of kinds:
  /// animals, artifacts, body parts, food, places, objects, plants, possessions, quantities,
  /// shapes, substances and times.
  private static let concreteFields: Set = [5, 6, 8, 13, 15, 17, 20, 21, 23, 25, 27, 28]
  private static let persons = 18

  func noun(_ match: Match, _ synset: Synset) throws(LexiconError) -> Double {
    let lemma = match.entry.words
    guard let first = lemma.first, let last = lemma.last, !Numerals.contains(lemma) else {
      return 0
    }
    // "The break up", "a call up": spoken, these are verbs.
    if Vocabulary.particles.contains(last) {
      let isVerb = !wordNet.baseForms(of: first, as: .verb).isEmpty
      let isJoined = !words[match.last].startsToken
      if isVerb, !isJoined { return 0 }
      return 0.5
    }
    let functionWord = lemma.dropFirst().dropLast().contains { Vocabulary.particles.contains($0) }
    let head = functionWord ? first : last
    let modifier = functionWord ? last : first
    let isConcrete = Self.concreteFields.contains(synset.field)
    let saysModifier = Self.says(synset.definition, modifier)
    if try wordNet.isKind(of: head, synset) {
      if saysModifier || isConcrete && !functionWord { return 0.2 }
      // A rule of thumb is a rule, but where the thumb comes in nobody can tell.
      if functionWord { return 0.62 }
      return classes.isMostly(.adjective, modifier) ? 0.6 : 0.4
    }
    var value = functionWord || lemma.count > 2 ? 0.8 : 0.66
    if isConcrete { value -= 0.3 }
    // "Music lover": who does what the word says.
    // "Night owl": who is called something else.
    if synset.field == Self.persons {
      value += head.hasSuffix("er") || head.hasSuffix("or") ? -0.15 : 0.1
    }
    if Self.says(synset.definition, head) { value -= 0.2 }
    if saysModifier { value -= 0.15 }
    return value
  }
}
