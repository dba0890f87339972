/// A phrase that an extractor proposes. It is untrusted until `Grounding` has found it in its cues.
package struct Candidate: Sendable, Hashable, Codable {
  /// The phrase as it stands in the dialogue, such as "figured it all out".
  package var phrase: String
  /// The phrase as a dictionary lists it, such as "figure out".
  package var dictionaryForm: String
  /// The cues that it occurs in, by number, in order.
  package var cueNumbers: [Int]
  /// First and last cue of the exchange that it belongs to, where the extractor says so.
  package var contextCueNumbers: ClosedRange<Int>?
  /// "noun", "verb", "adjective", "adverb" or "phrase".
  package var partOfSpeech: String
  /// What it means here, in the language that the extractor could give it in.
  package var meaning: String
  package var examples: [String]
  /// How much it is worth learning, 0 to 1, by the extractor's own judgement.
  package var usefulness: Double
  /// What only some extractors know.
  package var details: ExpressionDetails?

  package init(
    phrase: String, dictionaryForm: String, cueNumbers: [Int],
    contextCueNumbers: ClosedRange<Int>? = nil, partOfSpeech: String, meaning: String,
    examples: [String] = [], usefulness: Double, details: ExpressionDetails? = nil
  ) {
    self.phrase = phrase
    self.dictionaryForm = dictionaryForm
    self.cueNumbers = cueNumbers
    self.contextCueNumbers = contextCueNumbers
    self.partOfSpeech = partOfSpeech
    self.meaning = meaning
    self.examples = examples
    self.usefulness = usefulness
    self.details = details
  }
}

/// What a teacher would add to an expression.
package struct ExpressionDetails: Sendable, Hashable, Codable {
  /// The phrase in the target language, as it would be said there.
  package var translation: String?
  /// Word for word, in the target language, where that helps.
  package var literalMeaning: String?
  package var register: Register?
  package var level: LanguageLevel?
  /// Other expressions of the source language that mean about the same.
  package var similar: [String]
  /// When and with whom it is used, in the target language.
  package var usageNote: String?

  package init(
    translation: String? = nil, literalMeaning: String? = nil, register: Register? = nil,
    level: LanguageLevel? = nil, similar: [String] = [], usageNote: String? = nil
  ) {
    self.translation = translation
    self.literalMeaning = literalMeaning
    self.register = register
    self.level = level
    self.similar = similar
    self.usageNote = usageNote
  }

  package enum Register: String, Sendable, Hashable, Codable, CaseIterable {
    case formal, neutral, informal, slang, vulgar
  }
}
