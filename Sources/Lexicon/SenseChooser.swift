import Glibc

/// Chooses which of a lemma's senses is meant, by what the dialogue shows of it: an object inside
/// or none at all, the words around, and how often each sense was met.
struct SenseChooser {
  /// How far around the match words may tell what is meant.
  private static let reach = 12
  private static let sharedWord = 1.8
  private static let mostSharedWords = 2
  private static let laterSense = -0.1

  let wordNet: CachedWordNet
  let words: [DialogueWord]

  /// - Returns: nil only if the entry lists no sense.
  func sense(of match: Match) throws(LexiconError) -> Synset? {
    let entry = match.entry
    let senses = try wordNet.senses(of: entry)
    guard senses.count > 1 else { return senses.first }
    if match.isSplitByPronoun(words) {
      for synset in senses where isShown(match, synset) { return synset }
    }
    if let number = Self.spoken[entry.lemma], senses.indices.contains(number - 1),
      !match.isSplit || Frames.takesObject(senses[number - 1]),
      !isClosedBySubject(match) || Frames.standsAlone(senses[number - 1])
    {
      return senses[number - 1]
    }
    let counts = wordNet.senseCounts(of: entry)
    let around = contentAround(match)
    var best: (synset: Synset, score: Double)?
    for (index, synset) in senses.enumerated() where fits(synset, match) {
      let shared = min(Self.shared(synset, around), Self.mostSharedWords)
      let score =
        log(1 + Double(counts[index + 1] ?? 0)) + Self.sharedWord * Double(shared)
        + Self.laterSense * Double(index)
      if score > best?.score ?? -.infinity { best = (synset, score) }
    }
    return best?.synset ?? senses.first
  }

  private func fits(_ synset: Synset, _ match: Match) -> Bool {
    guard match.entry.partOfSpeech == .verb else { return true }
    if match.isSplit || isBeforeObject(match) { return Frames.takesObject(synset) }
    return !isClosedBySubject(match) || Frames.standsAlone(synset)
  }

  /// Whether an example has the verb with a pronoun inside likewise: "knock it off!".
  private func isShown(_ match: Match, _ synset: Synset) -> Bool {
    for example in synset.examples {
      let words = DialogueWord.words(of: example)
      let matcher = Matcher(wordNet: wordNet.wordNet, words: words)
      for found in matcher.matches(of: match.entry) where found.isSplitByPronoun(words) {
        // "She makes herself up" is another matter than "she made it up".
        if isReflexive(found, words) == isReflexive(match, self.words) { return true }
      }
    }
    return false
  }

  private func isReflexive(_ match: Match, _ words: [DialogueWord]) -> Bool {
    Vocabulary.reflexives.contains(words[match.first + 1].normal)
  }

  /// "They broke up.": a subject before and an end behind leave no room for an object.
  private func isClosedBySubject(_ match: Match) -> Bool {
    let next = match.last + 1
    guard match.first > 0, words[match.first].continues,
      next == words.count || !words[next].continues
    else { return false }
    return ["i", "you", "he", "she", "we", "they"].contains(words[match.first - 1].normal)
  }

  /// "Take off your coat": behind an adverb a noun phrase can only be the verb's object.
  private func isBeforeObject(_ match: Match) -> Bool {
    let next = match.last + 1
    guard next < words.count, words[next].continues,
      Vocabulary.adverbParticles.contains(words[match.last].normal)
    else { return false }
    let word = words[next].normal
    return Vocabulary.isPossessive(word)
      || Vocabulary.beforeNouns.contains(word) && !Vocabulary.beforeTimes.contains(word)
  }

  /// Longer words near the match that are not its own, without their endings.
  private func contentAround(_ match: Match) -> Set<String> {
    let range = max(0, match.first - Self.reach)..<min(words.count, match.last + Self.reach + 1)
    return Set(
      range.filter { !match.places.contains($0) }.compactMap { Self.stem(words[$0].normal) })
  }

  private static func shared(_ synset: Synset, _ around: Set<String>) -> Int {
    let texts = [synset.definition] + synset.examples
    let stems = texts.flatMap { text in
      text.lowercased().split { !$0.isLetter }.compactMap { stem(String($0)) }
    }
    return around.intersection(stems).count
  }

  /// The beginning that forms of a word share; nil for short words and words of grammar.
  private static func stem(_ word: String) -> String? {
    guard word.count > 3, !Vocabulary.isFunctionWord(word), !Vocabulary.determiners.contains(word),
      !Vocabulary.objects.contains(word), !vague.contains(word), !word.contains("'")
    else { return nil }
    return String(word.prefix(max(4, word.count - 2)))
  }

  /// Words of definitions that say nothing of their subject.
  private static let vague: Set = [
    "thing", "things", "person", "people", "somebody", "someone", "something", "time", "times",
    "other", "good", "great", "want", "know", "think", "look", "only", "when", "will", "your",
    "about", "certain", "such", "well", "used",
  ]

  /// Senses of WordNet 3.0, counted from 1, that everyday speech means before those that lead its
  /// lists.
  private static let spoken: [String: Int] = [
    "back_down": 2, "back_out": 2, "bottom_line": 2, "break_down": 3, "break_up": 2,
    "bring_up": 6, "carry_on": 2, "get_along": 2, "get_over": 4, "give_up": 3, "hang_on": 3,
    "hold_up": 3, "let_down": 2, "make_up": 5, "pass_out": 3, "pull_off": 3, "run_into": 4,
    "screw_up": 2,
    "stick_around": 2, "take_on": 3, "wrap_up": 2,
  ]
}
