import Library
import Media
import Subtitles
import SystemPackage

/// The subtitles that may belong to an episode, beside its file and in it.
struct SubtitleShelf: Sendable, Equatable {
  var sources: [SubtitleSource]

  /// As they are right now. Blocks.
  /// - Parameters:
  ///   - places: where the episode's file is.
  ///   - streams: what is in it.
  /// - Throws: `Errno` when a folder can't be read.
  init(beside places: [FilePath], streams: [MediaStream]) throws {
    sources = []
    for place in places {
      let files = try EpisodeFiles.sidecars(of: place).compactMap(EpisodeFiles.observe)
      guard !files.isEmpty else { continue }
      let others = EpisodeFiles.otherEpisodes(in: place.removingLastComponent(), than: place)
      sources += files.compactMap { file in
        Self.name(of: file.path, episode: place, onlyEpisode: others == 0).map {
          SubtitleSource(file: file, name: $0)
        }
      }
    }
    sources += streams.filter { $0.kind == .subtitle }.map(SubtitleSource.init(track:))
  }

  private static func name(
    of file: FilePath, episode: FilePath, onlyEpisode: Bool
  ) -> SidecarName? {
    let stem = episode.stem ?? ""
    let name = file.lastComponent?.string ?? ""
    let folder = episode.removingLastComponent()
    let parent = file.removingLastComponent()
    if parent == folder {
      return SidecarName(fileName: name, episodeStem: stem)
        ?? (onlyEpisode ? SidecarName(fileName: name, besideOnlyEpisode: stem) : nil)
    }
    // Subs/2_English.srt, or Subs/<episode>/2_English.srt.
    let isInOwnFolder = parent.removingLastComponent() != folder
    let inner = isInOwnFolder ? "\(parent.lastComponent?.string ?? "")/\(name)" : name
    return SidecarName(
      fileNameInSubsFolder: inner, episodeStem: stem, onlyEpisode: onlyEpisode)
  }

  /// When the youngest file was changed last, in seconds since 1970.
  var youngest: Double? {
    sources.compactMap { source -> Double? in
      guard case .file(let file) = source.place else { return nil }
      return Double(file.modified) / 1e9
    }.max()
  }

  /// Formats of pictures that subtitles in these languages, or in none that is named, are in.
  func pictures(in language: String) -> [String] {
    Set(
      sources.filter { !$0.isForced && ($0.language ?? language) == language }
        .compactMap(\.pictures)
    ).sorted()
  }
}

/// What can be heard.
enum SpokenLanguages {
  /// Why an episode is not for who learns `language`; nil when it may be.
  static func objection(to language: String, _ streams: [MediaStream]) -> String? {
    let sound = streams.filter { $0.kind == .audio }
    let known = sound.compactMap { $0.language.flatMap(LanguageTag.primary) }
    guard !sound.isEmpty, known.count == sound.count, !known.contains(language) else { return nil }
    let names = Set(known).sorted().joined(separator: ", ")
    return """
      its sound is in \(names), not in '\(language)', the language to be learned: set languages.source for its \
      library, or mend the language of its sound tracks, then run langflix process on it
      """
  }
}
