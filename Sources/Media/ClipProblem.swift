/// Why a clip could not be made as it was tried.
enum ClipProblem: Error {
  /// The streams don't let themselves be copied into a good clip; encoding may help.
  case notCopied(String)
  /// Nothing helps this clip.
  case failed(String)
  /// No clip of this order can be made.
  case hopeless(MediaFailure)

  static let nothingEncoded = ClipProblem.failed(
    "nothing was encoded: the video has no picture at that time; do the subtitles fit?")

  var words: String {
    switch self {
    case .notCopied(let words), .failed(let words): words
    case .hopeless(let failure): failure.message
    }
  }

  init(reading error: LibAVError) {
    self = error.systemError == 0 ? .notCopied(error.description) : .failed(error.description)
  }

  init(writing error: LibAVError) {
    self = MediaFailure(writing: error).map(Self.hopeless) ?? .notCopied(error.description)
  }
}
