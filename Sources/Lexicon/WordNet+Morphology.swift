/// Base forms by WordNet's own rules: the exception list, else suffixes that are taken off.
extension WordNet {
  /// The lemmas that a word may be a form of, itself first when it is one.
  package func baseForms(of word: String, as part: PartOfSpeech) -> [String] {
    forms(of: word, as: part).filter { contains($0, as: part) }
  }

  /// What a word may be a form of, itself first, whether or not WordNet holds it.
  func forms(of word: String, as part: PartOfSpeech) -> [String] {
    let irregular = exceptions(for: word, as: part)
    let bases = irregular.isEmpty ? Self.detached(word, part) : irregular
    return bases.reduce(into: [word]) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func detached(_ word: String, _ part: PartOfSpeech) -> [String] {
    if part == .noun {
      // "boxesful" is a form of "boxful"; a word such as "us" or "boss" is no plural.
      if word.hasSuffix("ful") {
        return detached(String(word.dropLast(3)), .noun).map { $0 + "ful" }
      }
      if word.count <= 2 || word.hasSuffix("ss") { return [] }
    }
    return (rules[part] ?? []).compactMap { suffix, ending in
      guard word.count > suffix.count, word.hasSuffix(suffix) else { return nil }
      return word.dropLast(suffix.count) + ending
    }
  }

  private static let rules: [PartOfSpeech: [(suffix: String, ending: String)]] = [
    .noun: [
      ("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"),
      ("men", "man"), ("ies", "y"),
    ],
    .verb: [
      ("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"),
      ("ing", ""),
    ],
    .adjective: [("er", ""), ("est", ""), ("er", "e"), ("est", "e")],
  ]
}
