/// What is known of a subtitle file before it is read, and how it is to be read.
package struct SubtitleOptions: Sendable, Hashable {
  /// With or without its dot, in any case; decides only where the content does not.
  package var fileExtension: String?
  /// The language that the file's name or its library says: a hint for the charset, and no more.
  package var language: String?
  /// The charset that a person forces, under any of its usual names; nil to detect it.
  package var charset: String?
  /// Larger files are refused.
  package var byteLimit: Int
  /// Which styles of ASS hold dialogue.
  package var styles: StyleRules

  package static let usualByteLimit = 20 * 1_024 * 1_024

  package init(
    fileExtension: String? = nil, language: String? = nil, charset: String? = nil,
    byteLimit: Int = usualByteLimit, styles: StyleRules = .init()
  ) {
    self.fileExtension = fileExtension
    self.language = language
    self.charset = charset
    self.byteLimit = byteLimit
    self.styles = styles
  }
}
