/// Why a subtitle file gave no cues.
package struct SubtitleError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable, Codable {
    case empty
    case notSubtitles
    case noCues
    case tooLarge
    /// A format that is known and not read.
    case unsupportedFormat
  }

  package var code: Code
  /// What is wrong and what to do about it.
  package var message: String

  package init(code: Code, message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}

extension SubtitleError {
  static let empty = SubtitleError(
    code: .empty,
    message: "The subtitle file is empty. Copy it again, or remove it so that another is used.")

  static let binary = SubtitleError(
    code: .notSubtitles,
    message: """
      The subtitle file holds binary data or is in a charset that is not read. Save it as UTF-8 \
      text, in SRT, WebVTT or ASS format.
      """)

  static let unknownCharset = SubtitleError(
    code: .notSubtitles,
    message: """
      The charset of the subtitle file can't be told. Save it as UTF-8, or name its charset in \
      subtitles.charset.
      """)

  static func noSuchCharset(_ name: String) -> SubtitleError {
    SubtitleError(
      code: .notSubtitles,
      message: """
        There is no charset '\(name)'. Set subtitles.charset to auto, or to a name such as \
        windows-1250, CP949 or Shift_JIS.
        """)
  }

  static func unsupported(_ format: ForeignFormat) -> SubtitleError {
    SubtitleError(
      code: .unsupportedFormat,
      message: format.holdsPictures
        ? """
        The subtitles are \(format.rawValue), which holds pictures of text and is not read. Put text subtitles \
        there, such as SRT.
        """
        : """
        The subtitle file is \(format.rawValue), which is not read. Convert it to SRT, for instance with Subtitle Edit.
        """)
  }

  static let noFrameRate = SubtitleError(
    code: .unsupportedFormat,
    message: """
      The subtitle file is MicroDVD and does not say its frame rate. Write {1}{1}23.976, or what the film has, as its \
      first line, or convert it to SRT.
      """)

  static let unknownFormat = SubtitleError(
    code: .notSubtitles,
    message: """
      The subtitle file has no timed entry in SRT, WebVTT, ASS or SAMI format. Convert it to one of \
      these, or replace it.
      """)

  static func noCues(_ leftOut: LeftOut) -> SubtitleError {
    let skipped = leftOut.damaged
    let reason =
      skipped == 0
      ? "has no line of dialogue"
      : "has no readable line of dialogue (entries with unusable times or text: \(skipped))"
    return SubtitleError(
      code: .noCues, message: "The subtitle file \(reason). Replace it with a complete one.")
  }

  static func tooLarge(byteCount: Int, limit: Int) -> SubtitleError {
    SubtitleError(
      code: .tooLarge,
      message: """
        The subtitle file has \(byteCount) bytes; the limit is \(limit). Remove attached fonts or \
        pictures from it, or replace it.
        """)
  }
}
