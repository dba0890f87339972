/// What a word most likely is where nothing but the word itself is known.
enum WordClass: Sendable, Hashable {
  case determiner, object, subject, auxiliary, clause, particle, number
  case noun, verb, adjective, adverb
  /// Not in WordNet: a name as a rule.
  case unknown

  /// Whether a noun phrase may begin with it.
  var beginsObject: Bool {
    switch self {
    case .determiner, .object, .number, .noun, .adjective, .unknown: true
    case .subject, .auxiliary, .clause, .particle, .verb, .adverb: false
    }
  }

  var belongsToNoun: Bool { self == .noun || self == .unknown }
}

/// Tells words' classes: closed classes by list, the rest by how often WordNet's makers met each.
///
/// Remembers what it was asked, so one serves one run of dialogue.
final class WordClasses {
  private let wordNet: WordNet
  private var classes: [String: WordClass] = [:]
  private var frequencies: [PartOfSpeech: [String: Int]] = [:]

  init(wordNet: WordNet) { self.wordNet = wordNet }

  func wordClass(of word: String) -> WordClass {
    if let known = classes[word] { return known }
    let found = closedClass(of: word) ?? openClass(of: word)
    classes[word] = found
    return found
  }

  /// How often the lemmas that a word may be a form of were met.
  func frequency(of word: String, as part: PartOfSpeech) -> Int {
    if let known = frequencies[part]?[word] { return known }
    let sum = wordNet.forms(of: word, as: part).reduce(0) {
      $0 + wordNet.frequency(of: $1, as: part)
    }
    frequencies[part, default: [:]][word] = sum
    return sum
  }

  func isMostly(_ part: PartOfSpeech, _ word: String) -> Bool {
    let own = frequency(of: word, as: part)
    return own > 0
      && PartOfSpeech.allCases.allSatisfy { own >= frequency(of: word, as: $0) }
  }

  private func closedClass(of word: String) -> WordClass? {
    if Vocabulary.determiners.contains(word) { return .determiner }
    if Vocabulary.objects.contains(word) { return .object }
    if Vocabulary.subjects.contains(word) { return .subject }
    if Vocabulary.isAuxiliary(word) { return .auxiliary }
    if word.contains("'") { return Vocabulary.isPossessive(word) ? .determiner : .clause }
    if Vocabulary.conjunctions.contains(word) { return .clause }
    if Vocabulary.particles.contains(word) { return .particle }
    if Vocabulary.timeAdverbs.contains(word) { return .adverb }
    if word.first?.isNumber == true { return .number }
    return nil
  }

  private func openClass(of word: String) -> WordClass {
    if word.hasSuffix("ly"), wordNet.contains(word, as: .adverb) { return .adverb }
    let order: [(PartOfSpeech, WordClass)] = [
      (.adverb, .adverb), (.adjective, .adjective), (.verb, .verb), (.noun, .noun),
    ]
    let best = order.map { frequency(of: word, as: $0.0) }.max() ?? 0
    if best > 0 {
      return order.first { frequency(of: word, as: $0.0) == best }?.1 ?? .unknown
    }
    for (part, found) in [
      (PartOfSpeech.adjective, WordClass.adjective), (.noun, .noun),
      (.verb, .verb),
    ] where !wordNet.baseForms(of: word, as: part).isEmpty {
      return found
    }
    return .unknown
  }
}
