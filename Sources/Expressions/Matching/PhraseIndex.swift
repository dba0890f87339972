import Subtitles

/// Tells which of many phrases occur in a few cues.
///
/// A phrase is dismissed as soon as one of its words is nowhere, the longest first, and searched
/// only around its rarest.
package struct PhraseIndex: Sendable {
  private let finder: PhraseFinder
  private let rules: MatchingRules
  private let cues: Range<Int>
  /// For each word, and for what it may be a form of: positions of its cues, in order.
  private var cuesByBase: [String: [Int]] = [:]
  /// For languages without a list of forms: their words, by the first letter where all forms share
  /// it.
  private var wordsByLetter: [Character: [Word]] = [:]

  /// - Parameter language: BCP 47.
  package init(cues: [Cue], language: String) {
    let text = SpokenText(cues: cues, rules: MatchingRules(language: language))
    finder = PhraseFinder(cues: cues, language: language)
    rules = text.rules
    self.cues = cues.indices
    for token in text.tokens {
      for base in Set(token.readings.joined().flatMap { text.words[$0].bases })
      where cuesByBase[base]?.last != token.cue {
        cuesByBase[base, default: []].append(token.cue)
      }
    }
    if rules != .english { wordsByLetter = Dictionary(grouping: text.words, by: Self.letter) }
  }

  /// Whether a phrase occurs, in any form and with any possessive; false for one without words.
  package func occurs(_ phrase: PhraseKey) -> Bool {
    guard !phrase.text.isEmpty else { return false }
    guard !finder.isSpelled(phrase.text) else {
      return finder.match(phrase.text, .listed, in: [cues]) != nil
    }
    let words = phrase.text.split(separator: " ").map(String.init)
    guard words.count <= PhraseFinder.longestPhrase else { return false }
    var rarest: [Int]?
    for word in words.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      guard let places = places(of: word) else { continue }
      if places.isEmpty { return false }
      if places.count < rarest?.count ?? .max { rarest = places }
    }
    return finder.match(phrase.text, .listed, in: rarest.map(windows) ?? [cues]) != nil
  }

  /// Those of the phrases that occur, in the order given.
  package static func phrases(
    _ phrases: [String], occurringIn cues: [Cue], language: String
  ) -> [String] {
    guard !phrases.isEmpty, !cues.isEmpty else { return [] }
    let index = PhraseIndex(cues: cues, language: language)
    return phrases.filter { index.occurs(PhraseKey($0)) }
  }

  /// Positions of the cues that may hold a form of a word; nil when nothing can be said.
  private func places(of word: String) -> [Int]? {
    guard !Self.free.contains(word), !word.contains("'") else { return nil }
    guard rules == .english else {
      // French "amour" is in "l'amour".
      let wanted = Word(word, rules)
      let forms = (wordsByLetter[Self.letter(of: wanted)] ?? [])
        .filter { $0.isForm(of: wanted, rules) }
      return Array(Set(forms.flatMap { cuesByBase[$0.text] ?? [] })).sorted()
    }
    // A contraction such as "gonna" may be spoken in full.
    guard rules.readings(of: word).isEmpty else { return nil }
    let bases = EnglishForms.bases(of: word)
    if bases.count == 1 { return cuesByBase[word] ?? [] }
    return Array(Set(bases.flatMap { cuesByBase[$0] ?? [] })).sorted()
  }

  /// As far around cues as a phrase can run, together where they meet.
  private func windows(around cues: [Int]) -> [Range<Int>] {
    cues.reduce(into: []) { windows, cue in
      let lower = max(self.cues.lowerBound, cue - PhraseFinder.mostCues + 1)
      let upper = min(self.cues.upperBound, cue + PhraseFinder.mostCues)
      if let last = windows.last, lower <= last.upperBound {
        windows[windows.count - 1] = last.lowerBound..<upper
      } else {
        windows.append(lower..<upper)
      }
    }
  }

  /// What all forms of a word begin with; Korean stems may change in their first syllable.
  private static func letter(of word: Word) -> Character {
    word.text.first.map {
      (0xAC00...0xD7A3).contains($0.unicodeScalars.first?.value ?? 0) ? " " : $0
    }
      ?? " "
  }

  /// What other words may stand for, or what a phrase may do without.
  private static let free: Set<String> = EnglishWords.articles.union([
    "one's", "oneself", "someone", "something", "or",
  ])
}
