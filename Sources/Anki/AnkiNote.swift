import SystemPackage

/// One expression as a note of the learner's collection.
package struct AnkiNote: Sendable {
  /// What makes it the same note at every export, whatever else changes: importing again updates it.
  package var identity: String
  package var expression: AnkiText
  package var dictionaryForm: AnkiText
  package var meaning = AnkiText(nil)
  package var translation = AnkiText(nil)
  package var literalMeaning = AnkiText(nil)
  /// The exchange of dialogue in both languages.
  package var sentence = AnkiText(nil)
  package var sentenceTranslation = AnkiText(nil)
  package var register = AnkiText(nil)
  package var level = AnkiText(nil)
  package var similar = AnkiText(nil)
  package var usageNote = AnkiText(nil)
  package var series = AnkiText(nil)
  package var episode = AnkiText(nil)
  /// Where in the episode.
  package var time = AnkiText(nil)
  /// Files that exist; one that can't be read fails the package.
  package var sound: FilePath?
  package var picture: FilePath?
  package var clip: FilePath?
  /// Anki's tags have no spaces; those are replaced.
  package var tags: [String] = []

  package init(identity: String, expression: AnkiText, dictionaryForm: AnkiText) {
    self.identity = identity
    self.expression = expression
    self.dictionaryForm = dictionaryForm
  }
}
