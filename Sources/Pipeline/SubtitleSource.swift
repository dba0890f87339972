import Media
import Subtitles
import SystemPackage

/// A place where an episode's subtitles may be read from.
enum SubtitleSource: Sendable {
  case sidecar(FilePath, SidecarName)
  case track(MediaStream)

  /// What the file name or the track says, as BCP 47 primary subtag.
  var language: String? {
    switch self {
    case .sidecar(_, let name): name.language
    case .track(let stream): stream.language.flatMap(LanguageTag.primary)
    }
  }

  var isForced: Bool {
    switch self {
    case .sidecar(_, let name): name.isForced
    case .track(let stream): stream.isForced
    }
  }

  var isHearingImpaired: Bool {
    switch self {
    case .sidecar(_, let name): name.isHearingImpaired
    case .track(let stream): stream.isHearingImpaired
    }
  }

  var description: String {
    switch self {
    case .sidecar(let path, _): path.lastComponent?.string ?? path.string
    case .track(let stream): "track \(stream.index) (\(stream.codec))"
    }
  }

  /// Lower is better. Forced subtitles hold only what is foreign in the dialogue, so they are no transcript.
  private var rank: Int {
    let place =
      switch self {
      case .sidecar: 0
      case .track: 1
      }
    return (isHearingImpaired ? 4 : 0) + (language == nil ? 2 : 0) + place
  }

  /// The sources that may hold dialogue in `language`, the best first.
  /// - Parameter allowsUnlabelled: whether a source that names no language may be meant.
  static func candidates(
    _ sources: [SubtitleSource], language: String, allowsUnlabelled: Bool
  ) -> [SubtitleSource] {
    sources.enumerated()
      .filter { _, source in
        !source.isForced
          && (source.language == language || (source.language == nil && allowsUnlabelled))
      }
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
  }
}
