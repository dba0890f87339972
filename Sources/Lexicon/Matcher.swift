/// Finds WordNet's lemmas of several words in a run of dialogue, inflected and split ones too.
struct Matcher {
  let wordNet: WordNet
  let words: [DialogueWord]
  private var known: [PartOfSpeech: [String: [IndexEntry]]] = [:]

  init(wordNet: WordNet, words: [DialogueWord]) {
    self.wordNet = wordNet
    self.words = words
  }

  /// Every match, overlapping ones too, in the order of their first words.
  mutating func matches() throws(LexiconError) -> [Match] {
    var matches: [Match] = []
    for position in words.indices where words[position].startsToken {
      for part in PartOfSpeech.allCases {
        for stem in stems(at: position, part) {
          for entry in try entries(stem, part) {
            if let places = places(of: entry, from: position) {
              matches.append(Match(entry: entry, places: places))
            }
          }
        }
      }
    }
    return matches
  }

  /// Every match of one entry.
  func matches(of entry: IndexEntry) -> [Match] {
    words.indices.filter { words[$0].startsToken }.compactMap { position in
      guard stems(at: position, entry.partOfSpeech).contains(entry.words[0]) else { return nil }
      return places(of: entry, from: position).map { Match(entry: entry, places: $0) }
    }
  }

  /// What the first word of a lemma may be, given the dialogue's word.
  private func stems(at position: Int, _ part: PartOfSpeech) -> [String] {
    let word = words[position].normal
    switch part {
    case .verb:
      if let cut = word.firstIndex(of: "'") {
        return ["'s", "'re", "'m"].contains(word[cut...]) ? ["be"] : []
      }
      return wordNet.forms(of: word, as: .verb)
    case .noun:
      // "Pains in the neck": the head comes first when a preposition follows it.
      let next = position + 1 < words.count ? words[position + 1].normal : ""
      return Vocabulary.prepositions.contains(next)
        ? wordNet.forms(of: word, as: .noun) : [word]
    case .adjective, .adverb:
      return [word]
    }
  }

  private mutating func entries(
    _ stem: String, _ part: PartOfSpeech
  ) throws(LexiconError) -> [IndexEntry] {
    if let entries = known[part]?[stem] { return entries }
    let entries = try wordNet.entries(startingWith: stem, as: part)
    known[part, default: [:]][stem] = entries
    return entries
  }

  private func places(of entry: IndexEntry, from start: Int) -> [Int]? {
    let lemma = entry.words
    guard lemma.count > 1 else { return nil }
    // A contraction such as "he's" is a verb only in an idiom.
    if words[start].normal.contains("'"), entry.partOfSpeech == .verb, lemma.count < 3 {
      return nil
    }
    if stands(lemma, entry, after: start, gap: 0) {
      return Array(start..<(start + lemma.count))
    }
    guard entry.partOfSpeech == .verb else { return nil }
    for gap in 1...SplitVerb.longestObject {
      if stands(lemma, entry, after: start, gap: gap),
        SplitVerb(wordNet: wordNet, words: words, head: start, gap: gap).mayHold(lemma)
      {
        return [start] + Array((start + 1 + gap)..<(start + gap + lemma.count))
      }
    }
    return nil
  }

  /// Whether the lemma's words but the first follow `start` after `gap` other words, in one clause.
  private func stands(_ lemma: [String], _ entry: IndexEntry, after start: Int, gap: Int) -> Bool {
    let end = start + gap + lemma.count
    guard end <= words.count, words[end - 1].endsToken else { return false }
    for index in lemma.indices.dropFirst() {
      let place = start + gap + index
      guard agrees(lemma, index, entry.partOfSpeech, words[place]) else { return false }
    }
    let inside = words[(start + 1)..<end]
    guard inside.allSatisfy(\.continues) else { return false }
    // Only hyphens make one word of a lemma without spaces, but for adjectives, which go without
    // behind their noun: "he is well known".
    return entry.lemma.contains("_") || entry.partOfSpeech == .adjective
      || inside.allSatisfy { !$0.startsToken }
  }

  private func agrees(
    _ lemma: [String], _ index: Int, _ part: PartOfSpeech, _ word: DialogueWord
  ) -> Bool {
    let expected = lemma[index]
    let found = word.normal
    if expected == found { return true }
    switch expected {
    case "one's", "someone's", "somebody's", "everyone's":
      return Vocabulary.isPossessive(found)
    case "oneself":
      return Vocabulary.reflexives.contains(found)
    case "someone", "somebody":
      return Vocabulary.objects.contains(found)
    default:
      break
    }
    let isLast = index == lemma.count - 1
    switch part {
    case .adjective, .adverb:
      return Vocabulary.possessives.contains(expected) && Vocabulary.isPossessive(found)
    case .noun:
      return isLast && expected.first == found.first
        && wordNet.forms(of: found, as: .noun).contains(expected)
    case .verb:
      // "Double crossed": a verb made of two words is inflected at its end.
      return isLast && lemma.count == 2 && expected.first == found.first
        && !Vocabulary.particles.contains(expected)
        && wordNet.forms(of: found, as: .verb).contains(expected)
    }
  }
}
