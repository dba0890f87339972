/// What a subtitle file held.
package struct ParsedSubtitles: Sendable {
  package var format: SubtitleFormat
  /// The charset that the bytes were read as: "UTF-8", "UTF-16LE", "UTF-16BE" or "windows-1252".
  package var charset: String
  /// Cleaned, in file order, numbered from 1; never empty.
  package var cues: [Cue]
  /// Entries that could not be read, such as those without a usable time.
  package var skipped: Int

  package init(format: SubtitleFormat, charset: String, cues: [Cue], skipped: Int) {
    self.format = format
    self.charset = charset
    self.cues = cues
    self.skipped = skipped
  }
}
