import Lexicon

/// The baseline: from left to right the longest lemma of several words that WordNet lists, inflected
/// or not, and no judgement at all.
struct LongestMatch: Predictor {
  let wordNet: WordNet
  /// How many words may part a verb from the rest of its lemma.
  let longestGap: Int

  var name: String { longestGap == 0 ? "longest match" : "longest match, verbs split too" }
  let showsItsLimit = true

  func predictions(in sentence: Sentence, of corpus: Corpus) throws -> [Prediction] {
    let words = sentence.tokens.map {
      $0.lowercased().replacing("\u{2019}", with: "'")
    }
    var predictions: [Prediction] = []
    var taken: Set<Int> = []
    for start in words.indices where !taken.contains(start) {
      let found = try matches(at: start, in: words).filter { taken.isDisjoint(with: $0.tokens) }
      guard let longest = found.map(\.tokens.count).max() else { continue }
      let best = found.filter { $0.tokens.count == longest }
      var chosen = best[0]
      // Of several parts of speech the corpus' question decides.
      chosen.isVerbal = best.contains { $0.isVerbal && $0.tokens == chosen.tokens }
      predictions.append(chosen)
      taken.formUnion(chosen.tokens)
    }
    return predictions
  }

  private func matches(at start: Int, in words: [String]) throws -> [Prediction] {
    var found: [Prediction] = []
    for part in PartOfSpeech.allCases {
      let stems = Set([words[start]] + wordNet.baseForms(of: words[start], as: part))
      for stem in stems.sorted() {
        for entry in try wordNet.entries(startingWith: stem, as: part) {
          guard let tokens = tokens(of: entry, from: start, in: words) else { continue }
          found.append(
            Prediction(
              tokens: tokens, isVerbal: part == .verb, label: "\(entry.lemma) \(part)"))
        }
      }
    }
    return found
  }

  private func tokens(of entry: IndexEntry, from start: Int, in words: [String]) -> [Int]? {
    let gaps = entry.partOfSpeech == .verb ? longestGap : 0
    for gap in 0...gaps {
      if let tokens = tokens(of: entry, from: start, gap: gap, in: words) { return tokens }
    }
    return nil
  }

  private func tokens(
    of entry: IndexEntry, from start: Int, gap: Int, in words: [String]
  ) -> [Int]? {
    var tokens = [start]
    var place = start + gap
    for expected in entry.words.dropFirst() {
      place += 1
      if gap == 0, place + 1 < words.count, words[place] == "-" {
        tokens.append(place)
        place += 1
      }
      guard place < words.count,
        words[place] == expected
          || wordNet.baseForms(of: words[place], as: entry.partOfSpeech).contains(expected)
      else { return nil }
      tokens.append(place)
    }
    return tokens.count > 1 ? tokens : nil
  }
}
