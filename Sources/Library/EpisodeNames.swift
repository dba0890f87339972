import SystemPackage

/// Tells by its name alone whether a file can be an episode or its subtitles.
package enum EpisodeNames {
  /// Nil for everything else: samples, trailers and other extras, hidden files and unfinished
  /// downloads too.
  package static func kind(of name: FilePath.Component) -> FileKind? {
    guard let suffix = name.extension?.lowercased() else { return nil }
    let kind: FileKind
    if EpisodeFiles.videoExtensions.contains(suffix) {
      kind = .episode
    } else if EpisodeFiles.subtitleExtensions.contains(suffix) {
      kind = .subtitles
    } else {
      return nil
    }
    if isTemporary(name.string.lowercased()) { return nil }
    return kind == .episode && isExtra(stem: name.stem.lowercased()) ? nil : kind
  }

  /// Whether a download client, a copy or an editor uses such a name until the file or folder is
  /// whole.
  /// - Parameter name: in lower case.
  static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".") || name.hasSuffix("~")
      || unfinishedPrefixes.contains(where: name.hasPrefix)
      || unfinishedSuffixes.contains(where: name.hasSuffix)
  }

  private static func isExtra(stem: String) -> Bool {
    stem == "sample" || extraSuffixes.contains(where: stem.hasSuffix)
  }

  private static let unfinishedPrefixes = ["_unpack_", "_failed_"]

  private static let unfinishedSuffixes = [
    ".part", ".partial", ".!qb", ".!ut", ".tmp", ".temp", ".crdownload", ".download", ".filepart",
  ]

  /// The endings by which media servers know an extra that lies beside the episodes.
  private static let extraSuffixes = [
    "-sample", ".sample", "-trailer", "-behindthescenes", "-deleted", "-featurette", "-interview",
    "-scene", "-short", "-other",
  ]
}
