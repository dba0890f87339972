/// An expression as pages show it.
package struct ExpressionEntry: Sendable, Encodable {
  package var phrase: String
  package var dictionaryForm: String
  package var meaning: String
  package var translation: String?
  package var level: String?
  package var register: String?

  package init(
    phrase: String, dictionaryForm: String, meaning: String, translation: String?, level: String?,
    register: String?
  ) {
    self.phrase = phrase
    self.dictionaryForm = dictionaryForm
    self.meaning = meaning
    self.translation = translation
    self.level = level
    self.register = register
  }
}

/// What is looked for among all expressions.
package struct SearchQuery: Sendable, Equatable {
  package static let levels = ["A1", "A2", "B1", "B2", "C1", "C2"]
  /// Empty for all.
  package var text: String
  package var level: String?
  package var range: PageRange

  package init(text: String, level: String? = nil, range: PageRange = PageRange()) {
    self.text = text
    self.level = level
    self.range = range
  }
}

/// An expression that was found, and where it is.
package struct FoundExpression: Sendable, Encodable {
  package var expression: ExpressionEntry
  package var episode: Int64
  package var episodeName: String
  package var library: String
  /// The clip's number in its episode.
  package var clip: Int

  package init(
    expression: ExpressionEntry, episode: Int64, episodeName: String, library: String, clip: Int
  ) {
    self.expression = expression
    self.episode = episode
    self.episodeName = episodeName
    self.library = library
    self.clip = clip
  }
}
