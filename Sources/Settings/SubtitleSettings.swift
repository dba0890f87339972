/// How subtitle files are read.
package struct SubtitleSettings: Sendable, Equatable {
  /// The charset of files that are not in Unicode; nil to detect it.
  package var charset: String?
  /// Style names of ASS files that are no dialogue, besides the usual ones, with `*` and `?`.
  package var leftOutStyles: [String]
  /// Style names that are dialogue, whatever other patterns say.
  package var dialogueStyles: [String]
  /// Larger files are not read.
  package var maximumBytes: Int64

  package init(
    charset: String? = nil, leftOutStyles: [String] = [], dialogueStyles: [String] = [],
    maximumBytes: Int64 = 20 << 20
  ) {
    self.charset = charset
    self.leftOutStyles = leftOutStyles
    self.dialogueStyles = dialogueStyles
    self.maximumBytes = maximumBytes
  }
}
