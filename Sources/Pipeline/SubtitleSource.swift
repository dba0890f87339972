import Library
import Media
import Subtitles
import SystemPackage

/// A place where an episode's subtitles may be read from.
struct SubtitleSource: Sendable, Equatable {
  enum Place: Sendable, Equatable {
    /// A file beside the episode.
    case file(ObservedFile)
    /// A track inside of it.
    case track(MediaStream)
  }

  var place: Place
  /// What the file's name or the track says, as BCP 47 primary subtag.
  var language: String?
  /// Only what is foreign in the dialogue, or signs.
  var isForced: Bool
  var isHearingImpaired: Bool
  var isCommentary: Bool
  /// A file that does not bear the episode's name.
  var isStranger = false

  /// - Parameter name: what the file's name says; nil where that is nothing.
  init(file: ObservedFile, name: SidecarName?) {
    place = .file(file)
    language = name?.language
    isForced = name?.isForced ?? false
    isHearingImpaired = name?.isHearingImpaired ?? false
    isCommentary = name?.isCommentary ?? false
    isStranger = name?.isStranger ?? false
  }

  init(track stream: MediaStream) {
    place = .track(stream)
    let words = Set(
      (stream.title ?? "").lowercased().split { !$0.isLetter }.map(String.init))
    language =
      stream.language.flatMap(LanguageTag.primary) ?? stream.title.flatMap(LanguageTag.primary)
    let isWhole = !words.isDisjoint(with: ["full", "dialogue", "dialog"])
    isForced =
      stream.isForced
      || !isWhole && !words.isDisjoint(with: ["forced", "signs", "songs"])
    isHearingImpaired = stream.isHearingImpaired || !words.isDisjoint(with: ["sdh", "cc", "hi"])
    isCommentary = !words.isDisjoint(with: ["commentary", "comments", "kommentar"])
  }

  var description: String {
    switch place {
    case .file(let file): file.path.lastComponent?.string ?? file.path.string
    case .track(let stream): "track \(stream.index) (\(stream.codec))"
    }
  }

  /// What it is right now: another file, or the same one with other content, has another.
  var stamp: String {
    switch place {
    case .file(let file): "\(file.sizeBytes) \(file.modified) \(file.path.string)"
    case .track(let stream): "track \(stream.index) \(stream.codec)"
    }
  }

  /// The name of its pictures' format, where its text is pictures of text.
  var pictures: String? {
    guard case .track(let stream) = place else { return nil }
    return Self.pictureCodecs[stream.codec]
  }

  var isReadable: Bool {
    guard case .track(let stream) = place else { return true }
    return EmbeddedSubtitles.readableCodecs.contains(stream.codec)
  }

  private static let pictureCodecs = [
    "hdmv_pgs_subtitle": "PGS", "dvd_subtitle": "VobSub", "dvb_subtitle": "DVB", "xsub": "XSUB",
  ]

  /// Lower is better. A name of its own beats another's, plain beats SDH, a name beats none, and a file that somebody chose beats a track.
  private var rank: Int {
    let place =
      switch place {
      case .file: 0
      case .track: 1
      }
    return (isStranger ? 8 : 0) + (isHearingImpaired ? 4 : 0) + (language == nil ? 2 : 0) + place
  }

  /// The sources that may hold dialogue in `language`, the best first. Those that name no language may be in any.
  static func candidates(_ sources: [SubtitleSource], language: String) -> [SubtitleSource] {
    sources.enumerated()
      .filter { _, source in
        source.isReadable && !source.isForced && !source.isCommentary
          && (source.language == language || source.language == nil)
      }
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
      .map(\.element)
  }
}
