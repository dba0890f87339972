import Subtitles

/// One language's cues for a clip.
package struct ClipSubtitles: Sendable, Codable, Hashable {
  /// BCP 47 primary subtag, such as "en".
  package var language: String
  package var title: String
  /// Whether players show it unasked.
  package var isDefault: Bool
  package var cues: [Cue]

  package init(language: String, title: String, isDefault: Bool, cues: [Cue]) {
    self.language = language
    self.title = title
    self.isDefault = isDefault
    self.cues = cues
  }
}
