/// Judges whether the words between a verb and the rest of its lemma can be the verb's object.
struct SplitVerb {
  static let longestObject = 3

  let wordNet: WordNet
  let words: [DialogueWord]
  let head: Int
  let gap: Int

  /// "Figured it all out", "turned the offer down", "taking me for granted", but not "come to the
  /// party on".
  func mayHold(_ lemma: [String]) -> Bool {
    let object = words[(head + 1)...(head + gap)].map(\.normal)
    guard Vocabulary.splittable.contains(lemma[1]) || lemma.count > 2 || isPronoun(object),
      !Vocabulary.neverSplit.contains(lemma[0])
    else { return false }
    guard Vocabulary.particles.contains(lemma[1]) else {
      return isPronoun(object)
        && (lemma.count > 2 || Vocabulary.objectComplements.contains(lemma[1]))
    }
    if lemma.count == 2, !Vocabulary.splittable.contains(lemma[1]), lemma[1] != "into" {
      return false
    }
    return isPronoun(object) || isNounPhrase(object)
  }

  private func isPronoun(_ object: [String]) -> Bool {
    guard let first = object.first, Vocabulary.objects.contains(first) else { return false }
    return object.dropFirst().allSatisfy(Vocabulary.afterPronoun.contains)
  }

  private func isNounPhrase(_ object: [String]) -> Bool {
    guard let first = object.first, let last = object.last else { return false }
    guard !object.contains(where: Vocabulary.endsObject),
      object.count > 1 || !wordNet.contains(first, as: .adjective)
    else { return false }
    let isName = words[head + 1].isCapitalised && words[head].normal != first
    let begins =
      Vocabulary.determiners.contains(first) || Vocabulary.isPossessive(first) || isName
      || object.count == 1
    guard begins, !Vocabulary.determiners.contains(last) || Vocabulary.demonstratives.contains(last)
    else { return false }
    return isName || Vocabulary.demonstratives.contains(last)
      || !wordNet.baseForms(of: last, as: .noun).isEmpty
  }
}
