/// Closed classes of English words that matching and judging go by.
enum Vocabulary {
  static let possessives: Set = ["my", "your", "his", "her", "its", "our", "their"]
  static let reflexives: Set = [
    "myself", "yourself", "himself", "herself", "itself", "ourselves", "yourselves", "themselves",
    "oneself",
  ]
  static let demonstratives: Set = ["this", "that", "these", "those"]
  /// Pronouns that can be an object.
  static let objects = reflexives.union(demonstratives).union([
    "me", "you", "him", "her", "it", "us", "them", "em", "someone", "somebody", "everyone",
    "everybody", "anyone", "anybody", "something", "everything", "anything", "nothing",
  ])
  /// What may stand between an object pronoun and a particle.
  static let afterPronoun: Set = ["all", "both", "right", "straight", "completely", "two", "guys"]
  static let determiners = possessives.union(demonstratives).union([
    "a", "an", "the", "some", "any", "every", "each", "another", "no", "all", "both", "one",
    "two", "three", "four", "five", "many", "more", "most", "much", "few",
  ])
  /// Words after which no verb stands.
  static let beforeNouns: Set = [
    "a", "an", "the", "my", "your", "his", "our", "their", "its", "every", "another", "no",
  ]

  /// Adverbs and prepositions that make a verb of several words.
  static let particles: Set = [
    "about", "across", "after", "against", "ahead", "along", "apart", "around", "as", "aside",
    "at", "away", "back", "behind", "by", "down", "for", "forth", "forward", "from", "in", "into",
    "like", "of", "off", "on", "onto", "out", "over", "past", "round", "through", "to", "together",
    "toward", "towards", "under", "up", "upon", "with",
  ]
  /// Prepositions that mark what a verb is about, as a case ending does elsewhere: "look at him".
  static let caseMarkers: Set = ["about", "as", "at", "for", "from", "like", "of", "to"]
  /// Prepositions that a verb may take a meaning of its own with: "run into him".
  static let linkingPrepositions: Set = [
    "after", "against", "by", "into", "onto", "toward", "towards", "under", "upon", "with",
  ]
  /// Particles that are adverbs as good as always.
  static let adverbParticles = pureAdverbs.union(["off", "down"])
  /// Adverbs that say where to, and leave the verb what it was: "come back".
  static let directions: Set = ["ahead", "around", "back", "behind", "forward"]
  /// Particles that an object may stand in front of.
  static let splittable: Set = [
    "about", "across", "ahead", "along", "apart", "around", "aside", "away", "back", "behind",
    "by", "down", "forth", "forward", "in", "off", "on", "out", "over", "round", "through",
    "together", "up",
  ]
  /// Particles that are never prepositions in today's speech.
  static let pureAdverbs: Set = [
    "ahead", "apart", "aside", "away", "back", "forth", "forward", "out", "together", "up",
  ]
  /// Words other than particles that an object pronoun may stand in front of: "leave me alone".
  static let objectComplements: Set = ["alone", "free", "right", "loose", "go", "straight"]
  /// Verbs that take no object before a particle.
  static let neverSplit: Set = ["be", "go", "come", "fall", "look", "stay", "live", "do", "happen"]
  static let prepositions: Set = [
    "about", "after", "at", "by", "down", "for", "from", "in", "into", "of", "off", "on", "over",
    "to", "up", "with",
  ]
  /// Verbs with so little meaning of their own that they go with nearly any particle or noun.
  static let lightVerbs: Set = [
    "be", "bring", "carry", "come", "do", "drop", "fall", "get", "give", "go", "have", "hold",
    "keep", "leave", "lie", "live", "look", "make", "move", "pull", "push", "put", "run", "send",
    "set", "sit", "stand", "start", "stay", "step", "stop", "take", "turn", "walk",
  ]

  /// What makes an adverb of a time: "last night".
  static let beforeTimes: Set = [
    "last", "next", "this", "that", "every", "each", "all", "one", "a",
  ]
  static let subjects: Set = ["i", "he", "she", "we", "they", "who"]
  static let auxiliaries: Set = [
    "to", "can", "could", "will", "would", "shall", "should", "must", "may", "might", "do", "does",
    "did", "not", "cannot", "please", "never", "let's",
  ]
  static let conjunctions: Set = [
    "and", "or", "but", "nor", "because", "if", "when", "where", "why", "how", "what", "which",
    "so", "while", "than", "till", "until", "unless", "though", "since", "before", "there", "here",
    "is", "are", "was", "were", "am", "be", "been", "being", "have", "has", "had",
  ]
  /// What a lemma has where the dialogue names somebody.
  static let placeholders: Set = [
    "one's", "someone's", "somebody's", "everyone's", "oneself", "someone", "somebody",
  ]
  /// Words that say how much.
  static let degrees: Set = ["very", "too", "so", "more", "most", "one"]

  /// What a verb follows: "to", "don't", "they'll".
  static func isAuxiliary(_ word: String) -> Bool {
    auxiliaries.contains(word) || word.hasSuffix("n't") || word.hasSuffix("'ll")
      || word.hasSuffix("'d")
  }

  /// Words that can't be inside an object: they begin another clause or phrase.
  static func endsObject(_ word: String) -> Bool {
    clauseWords.contains(word) || particles.contains(word) || word.contains("n't")
      || word.hasSuffix("'ll") || word.hasSuffix("'d") || word.hasSuffix("'re")
      || word.hasSuffix("'ve") || word.hasSuffix("'m")
      || objects.subtracting(["her"]).contains(word)
        && !demonstratives.contains(word)
  }

  static func isFunctionWord(_ word: String) -> Bool {
    clauseWords.contains(word) || particles.contains(word) || timeAdverbs.contains(word)
  }

  static let clauseWords: Set = [
    "and", "or", "but", "nor", "because", "if", "when", "where", "why", "how", "what", "who",
    "which", "whose", "so", "while", "than", "till", "until", "unless", "though", "since",
    "before", "i", "he", "she", "we", "they", "there", "here", "can", "could", "will", "would",
    "shall", "should", "must", "may", "might", "do", "does", "did", "is", "are", "was", "were",
    "am", "be", "been", "being", "have", "has", "had", "not", "never", "gonna", "gotta", "let's",
    "to", "it's", "that's", "he's", "she's", "what's", "there's", "please", "just", "then", "now",
    "without", "like", "too", "bring", "come", "get", "give", "go", "keep", "leave", "make",
    "put", "send", "sit", "stay", "take", "throw", "very", "really",
  ]

  /// "My", "Tom's", but not "it's", where the "s" is a verb.
  static func isPossessive(_ word: String) -> Bool {
    possessives.contains(word)
      || word.hasSuffix("'s") && !contractions.contains(String(word.dropLast(2)))
  }

  private static let contractions: Set = [
    "it", "he", "she", "that", "there", "here", "what", "who", "where", "how", "when", "let",
    "this", "why", "everything", "something", "nothing",
  ]
}

extension Vocabulary {
  /// Adverbs that WordNet lists among the nouns too, so that they would look like objects.
  static let timeAdverbs: Set = [
    "again", "ago", "alone", "already", "always", "anyway", "early", "else", "enough", "ever",
    "even", "only", "first", "forever", "home", "later", "okay", "ok", "once", "soon", "still",
    "today",
    "tomorrow", "tonight", "well", "yesterday", "yet", "sometime", "there", "here", "fast",
    "much", "more", "no", "yes", "oh", "as", "better", "sir",
  ]
}
