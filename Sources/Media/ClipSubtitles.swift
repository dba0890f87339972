import Subtitles

/// A subtitle track of a clip.
package struct ClipSubtitles: Sendable, Codable, Hashable {
  /// BCP 47 primary subtag, such as "en"; "mul" for several languages.
  package var language: String
  package var title: String
  /// Whether players show it unasked.
  package var isDefault: Bool
  /// What is marked is shown in bold.
  package var cues: [MarkedCue]

  package init(language: String, title: String, isDefault: Bool, cues: [MarkedCue]) {
    self.language = language
    self.title = title
    self.isDefault = isDefault
    self.cues = cues
  }

  /// Cues in which nothing is marked.
  package init(language: String, title: String, isDefault: Bool, cues: [Cue]) {
    self.init(
      language: language, title: title, isDefault: isDefault, cues: cues.map { MarkedCue($0) })
  }
}
