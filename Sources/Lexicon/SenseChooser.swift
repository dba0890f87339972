/// Chooses which of a lemma's senses is meant: the most frequent one unless the dialogue or speech
/// says otherwise.
struct SenseChooser {
  let wordNet: WordNet
  let words: [DialogueWord]

  /// - Returns: nil only if the entry lists no sense.
  func sense(of match: Match) throws(LexiconError) -> Synset? {
    let entry = match.entry
    var senses: [Synset] = []
    for offset in entry.senses {
      if let synset = try wordNet.synset(at: offset, as: entry.partOfSpeech) {
        senses.append(synset)
      }
    }
    if match.isSplitByPronoun(words) {
      for synset in senses where try isShown(match, synset) { return synset }
    }
    if let number = Self.spoken[entry.lemma], senses.indices.contains(number - 1),
      !match.isSplit || Frames.takesObject(senses[number - 1]),
      !isClosedBySubject(match) || Frames.standsAlone(senses[number - 1])
    {
      return senses[number - 1]
    }
    if match.isSplit { return senses.first(where: Frames.takesObject) ?? senses.first }
    if entry.partOfSpeech == .verb, isClosedBySubject(match) {
      return senses.first(where: Frames.standsAlone) ?? senses.first
    }
    return senses.first
  }

  /// Whether an example has the verb with a pronoun inside likewise: "knock it off!".
  private func isShown(_ match: Match, _ synset: Synset) throws(LexiconError) -> Bool {
    for example in synset.examples {
      let words = DialogueWord.words(of: example)
      var matcher = Matcher(wordNet: wordNet, words: words)
      for found in try matcher.matches()
      where found.entry == match.entry && found.isSplitByPronoun(words) {
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

/// What WordNet's sentence frames say about a verb.
enum Frames {
  /// Frames such as "Somebody ----s something".
  private static let withObject: Set = [
    8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 20, 21, 24, 25, 26, 30, 31,
  ]

  static func takesObject(_ synset: Synset) -> Bool {
    synset.frames.contains(where: withObject.contains)
  }

  static func standsAlone(_ synset: Synset) -> Bool {
    synset.frames.contains { !withObject.contains($0) }
  }
}
