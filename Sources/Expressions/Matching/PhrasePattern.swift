/// A phrase as a search looks for it.
struct PhrasePattern: Sendable {
  enum Element: Sendable {
    case word(Word)
    /// "one's": a possessive, or a name or a few words in 's.
    case possessive
    /// "oneself"
    case reflexive
    /// "someone" or "something" before more: up to four words.
    case filler
    /// The same at the phrase's end: one name or thing.
    case lastFiller
    /// The same where the phrase may do without: a pronoun.
    case pronoun
  }

  var elements: [Element]
  /// How far it is from the phrase as given.
  var cost: Int
  /// Whether words may be inflected, and an English verb's particle may stand apart.
  var isLoose: Bool
  var rules: MatchingRules

  /// More ways to read one phrase are not tried.
  private static let most = 24

  /// The phrase word by word, contractions read both ways.
  static func written(_ phrase: String, _ rules: MatchingRules) -> [PhrasePattern] {
    sequences(of: phrase, rules).map { words, cost in
      PhrasePattern(words, rules, cost: cost, isLoose: false)
    }
  }

  /// The phrase as a dictionary lists it, in any form and with what it stands for.
  static func listed(_ phrase: String, _ rules: MatchingRules) -> [PhrasePattern] {
    var patterns: [PhrasePattern] = []
    for (words, cost) in sequences(of: phrase, rules) {
      guard rules == .english else {
        patterns.append(PhrasePattern(words, rules, cost: cost, isLoose: true))
        continue
      }
      let lead = EnglishWords.lead(of: words)
      if lead > 0, words[lead - 1] != "to" {
        patterns += filled(Array(words.dropFirst(lead - 1)), cost)
        patterns += filled(Array(words.dropFirst(lead)), cost + 1)
      } else {
        patterns += filled(Array(words.dropFirst(lead)), cost)
      }
    }
    return Array(patterns.prefix(most))
  }

  private init(_ words: [String], _ rules: MatchingRules, cost: Int, isLoose: Bool) {
    elements = words.map { .word(Word($0, rules)) }
    self.cost = cost
    self.isLoose = isLoose
    self.rules = rules
  }

  private init(_ elements: [Element], cost: Int) {
    self.elements = elements
    self.cost = cost
    isLoose = true
    rules = .english
  }

  /// Whether an object may stand before an element: a verb's particle.
  func maySplit(before index: Int) -> Bool {
    guard isLoose, rules == .english, index > 0, case .word(let word) = elements[index],
      case .word(let verb) = elements[index - 1]
    else { return false }
    return EnglishWords.particles.contains(word.text)
      && !EnglishWords.functionWords.contains(verb.text)
  }

  // MARK: Building

  /// The phrase's words in all readings, the one as given first and free.
  private static func sequences(
    of phrase: String, _ rules: MatchingRules
  ) -> [(words: [String], cost: Int)] {
    var sequences: [(words: [String], cost: Int)] = [([], 0)]
    for token in Token.tokens(of: phrase) {
      let readings = rules.readings(ofToken: token.normal)
      sequences = Array(
        sequences.flatMap { sequence in
          readings.enumerated().map { index, reading in
            (sequence.words + reading, sequence.cost + min(index, 1))
          }
        }.prefix(most))
    }
    return sequences.filter { !$0.words.isEmpty }
  }

  private static func filled(_ words: [String], _ cost: Int) -> [PhrasePattern] {
    var elements: [Element] = []
    for word in words.map(EnglishWords.plainPlaceholder) {
      switch word {
      case "oneself": elements.append(.reflexive)
      case "someone", "something": elements.append(.filler)
      case _ where EnglishWords.isPossessivePlaceholder(word): elements.append(.possessive)
      default: elements.append(.word(Word(word, .english)))
      }
    }
    joinFillers(&elements)
    let content = elements.count { if case .filler = $0 { false } else { true } }
    guard content > 0 else {
      return [PhrasePattern(words, .english, cost: cost, isLoose: false)]
    }
    guard content > 1 else {
      if elements.last?.isFiller == true { elements[elements.count - 1] = .lastFiller }
      return [PhrasePattern(elements, cost: cost)]
    }
    var patterns = [PhrasePattern(elements, cost: cost)]
    if elements.first?.isFiller == true {
      patterns = patterns.flatMap { $0.optional(at: 0) }
    }
    if elements.last?.isFiller == true {
      patterns = patterns.flatMap { $0.optional(at: $0.elements.count - 1) }
    }
    return patterns
  }

  /// "someone or something" is one.
  private static func joinFillers(_ elements: inout [Element]) {
    elements = elements.reduce(into: []) { joined, element in
      if element.isFiller, let last = joined.last {
        if last.isFiller { return }
        if case .word(let or) = last, or.text == "or", joined.dropLast().last?.isFiller == true {
          joined.removeLast()
          return
        }
      }
      joined.append(element)
    }
  }

  private func optional(at index: Int) -> [PhrasePattern] {
    var with = self
    with.elements[index] = .pronoun
    var without = self
    without.elements.remove(at: index)
    without.cost += 1
    return [with, without]
  }
}

extension PhrasePattern.Element {
  fileprivate var isFiller: Bool { if case .filler = self { true } else { false } }
}
