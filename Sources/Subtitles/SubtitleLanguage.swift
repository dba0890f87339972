/// The entries of one language of a subtitle file.
struct SubtitleLanguage {
  var entries: TimedEntries
  /// What the file calls it.
  var name: String?
  /// BCP 47 primary language subtag, where the file says it.
  var language: String?

  init(_ entries: TimedEntries, name: String? = nil, language: String? = nil) {
    self.entries = entries
    self.name = name
    self.language = language
  }
}
