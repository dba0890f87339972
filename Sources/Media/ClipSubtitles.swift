import Subtitles

/// A subtitle track of a clip.
package struct ClipSubtitles: Sendable, Codable, Hashable {
  /// BCP 47 primary subtag, such as "en"; of the learner's language for a track in both.
  package var language: String
  package var title: String
  /// Whether players show it unasked.
  package var isDefault: Bool
  /// Whether the other language's lines stand under these.
  package var isBilingual: Bool
  /// What is marked is shown in bold.
  package var cues: [MarkedCue]

  package init(
    language: String, title: String, isDefault: Bool, isBilingual: Bool = false, cues: [MarkedCue]
  ) {
    self.language = language
    self.title = title
    self.isDefault = isDefault
    self.isBilingual = isBilingual
    self.cues = cues
  }

  /// Cues in which nothing is marked.
  package init(language: String, title: String, isDefault: Bool, cues: [Cue]) {
    self.init(
      language: language, title: title, isDefault: isDefault, cues: cues.map { MarkedCue($0) })
  }
}
