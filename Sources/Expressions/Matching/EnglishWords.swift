/// Closed classes of English words, and what stands for others in dictionary forms.
enum EnglishWords {
  static let articles: Set<String> = ["a", "an", "the"]
  static let possessives: Set<String> = ["my", "your", "his", "its", "our", "their"]
  static let reflexives: Set<String> = [
    "oneself", "myself", "yourself", "himself", "herself", "itself", "ourselves", "yourselves",
    "themselves",
  ]
  static let pronouns: Set<String> = [
    "i", "me", "you", "he", "him", "she", "her", "it", "we", "us", "they", "them", "this", "that",
    "these", "those", "someone", "somebody", "something", "everyone", "everybody", "everything",
    "anyone", "anybody", "anything", "nobody", "nothing", "em", "ya",
  ]
  /// What an object may part from its verb.
  static let particles: Set<String> = [
    "about", "across", "ahead", "along", "apart", "around", "aside", "away", "back", "by", "down",
    "forward", "in", "into", "off", "on", "out", "over", "round", "through", "together", "under",
    "up",
  ]
  /// Words that begin something else than an object.
  static let notInObjects: Set<String> = particles.subtracting(["back"]).union([
    "am", "are", "at", "be", "because", "been", "but", "can", "could", "did", "do", "does", "for",
    "from", "had", "has", "have", "he", "i", "if", "is", "may", "she", "should", "than", "they",
    "to",
    "was", "we", "were", "when", "which", "who", "will", "with", "would",
  ])
  /// Words that are never inflected, nor a form of another word.
  static let functionWords: Set<String> =
    articles.union(possessives).union(reflexives).union(pronouns).union(particles).union([
      "against", "all", "always", "and", "any", "as", "at", "because", "before", "besides",
      "between", "both", "but", "during", "each", "else", "ever", "every", "few", "for", "from",
      "hers", "how", "if", "inside", "just", "less", "mine", "more", "most", "much", "neither",
      "never", "news", "no", "nor", "not", "of", "one", "one's", "onto", "or", "ours", "perhaps",
      "quite", "since", "so", "some", "sometimes", "such", "than", "theirs", "then", "there",
      "thus", "till", "to", "too", "towards", "until", "unless", "upon", "very", "what", "when",
      "where", "whether", "which", "while", "who", "whom", "whose", "why", "with", "within",
      "without", "yes", "yet", "yours",
    ])

  /// Whether a word of a phrase says whose something is; "her" does before a word of meaning.
  static func isPossessive(_ words: [String], at index: Int) -> Bool {
    let word = words[index]
    if possessives.contains(word) || isPossessivePlaceholder(word) { return true }
    guard word == "her", index + 1 < words.count else { return false }
    return !functionWords.contains(words[index + 1])
  }

  static func isPossessivePlaceholder(_ word: String) -> Bool {
    word == "one's" || word == "someone's" || word == "somebody's" || word == "sb's"
  }

  /// "someone", "something" or "oneself" for a word that dictionaries write for any; else the word.
  static func plainPlaceholder(_ word: String) -> String {
    switch word {
    case "somebody", "sb", "smb": "someone"
    case "sth", "sthg", "smth": "something"
    default: reflexives.contains(word) ? "oneself" : word
    }
  }

  /// How many words at the beginning are "to" or an article before more.
  ///
  /// The "to" of "to the letter" stays, and so does the "a" of the Spanish "a lo mejor".
  static func lead(of words: [String]) -> Int {
    var count = 0
    while count + 1 < words.count {
      let next = words[count + 1]
      if words[count] == "to" {
        guard !articles.contains(next), next != "one's", !possessives.contains(next) else { break }
      } else {
        guard articles.contains(words[count]), !romanceArticles.contains(next) else { break }
      }
      count += 1
    }
    return count
  }

  private static let romanceArticles: Set<String> = [
    "el", "gli", "il", "la", "las", "le", "les", "lo", "los", "un", "una",
  ]
}
