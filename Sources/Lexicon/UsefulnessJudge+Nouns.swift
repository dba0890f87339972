/// Compounds: "piece of cake" is worth a clip, "coffee cup" says itself.
extension UsefulnessJudge {
  /// WordNet's fields of things one can touch or go to, whose compounds are names of kinds:
  /// animals, artifacts, body parts, food, places, objects, plants, possessions, quantities,
  /// shapes, substances and times.
  private static let concreteFields: Set = [5, 6, 8, 13, 15, 17, 20, 21, 23, 25, 27, 28]
  private static let persons = 18
  private static let highestAncestor = 12

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
      return 0.45
    }
    let functionWord = lemma.dropFirst().dropLast().contains { Vocabulary.particles.contains($0) }
    let head = functionWord ? first : last
    let modifier = functionWord ? last : first
    if try isKind(of: head, synset) {
      // A rule of thumb is a rule, but where the thumb comes in nobody can tell.
      return functionWord && !Self.says(synset.definition, modifier) ? 0.55 : 0.2
    }
    var value = functionWord || lemma.count > 2 ? 0.75 : 0.6
    if Self.concreteFields.contains(synset.field) { value -= 0.3 }
    // "Music lover": who does what the word says.
    // "Night owl": who is called something else.
    if synset.field == Self.persons {
      value += head.hasSuffix("er") || head.hasSuffix("or") ? -0.15 : 0.1
    }
    if Self.says(synset.definition, head) { value -= 0.2 }
    if Self.says(synset.definition, modifier) { value -= 0.15 }
    return value
  }

  /// Whether the head names a kind that this meaning is of; a phone number is a number.
  private func isKind(of head: String, _ synset: Synset) throws(LexiconError) -> Bool {
    var waiting = [synset]
    var seen: Set<Int> = []
    var height = 0
    while !waiting.isEmpty, height < Self.highestAncestor {
      var above: [Synset] = []
      for synset in waiting {
        let names = synset.words.map { $0.lowercased() }
        // A compound of the same head, higher up, says as much as the head itself.
        if names.contains(head) || height > 0 && names.contains(where: { $0.hasSuffix("_" + head) })
        {
          return true
        }
        for offset in synset.hypernyms where seen.insert(offset).inserted {
          if let hypernym = try wordNet.synset(at: offset, as: .noun) { above.append(hypernym) }
        }
      }
      waiting = above
      height += 1
    }
    return false
  }
}
