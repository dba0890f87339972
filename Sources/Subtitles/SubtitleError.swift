/// Why a subtitle file gave no cues.
package struct SubtitleError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: String, Sendable, Hashable, Codable {
    case empty
    case notSubtitles
    case noCues
    case tooLarge
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
      The charset of the subtitle file is neither UTF-8, UTF-16 nor windows-1252. Save it as UTF-8.
      """)

  static let unknownFormat = SubtitleError(
    code: .notSubtitles,
    message: """
      The subtitle file has no timed entry in SRT, WebVTT or ASS format. Convert it to one of \
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
