/// What a subtitle file held.
package struct ParsedSubtitles: Sendable {
  /// The cues of one language.
  package struct Track: Sendable, Hashable {
    /// What the file calls it, such as SAMI's class "KRCC".
    package var name: String?
    /// BCP 47 primary language subtag, where the file says it.
    package var language: String?
    /// Cleaned, in file order, numbered from 1; never empty.
    package var cues: [Cue]

    package init(name: String? = nil, language: String? = nil, cues: [Cue]) {
      self.name = name
      self.language = language
      self.cues = cues
    }
  }

  package var format: SubtitleFormat
  package var charset: CharsetDecision
  /// Never empty; more than one only where the format holds several languages.
  package var tracks: [Track]
  package var leftOut: LeftOut

  package init(
    format: SubtitleFormat, charset: CharsetDecision, tracks: [Track], leftOut: LeftOut = .init()
  ) {
    self.format = format
    self.charset = charset
    self.tracks = tracks
    self.leftOut = leftOut
  }

  /// The cues of the first track.
  package var cues: [Cue] { tracks[0].cues }
}
