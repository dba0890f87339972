import Glibc
import SystemPackage

/// Tells by its name alone whether a file can be an episode or its subtitles.
package enum EpisodeNames {
  /// Nil for everything else: samples, trailers and other extras, hidden files and unfinished
  /// downloads too.
  package static func kind(of name: FilePath.Component) -> FileKind? {
    name.withPlatformString { kind(of: EntryName($0)) }
  }

  static func kind(of name: EntryName) -> FileKind? {
    guard let kind = kindOrExtra(of: name) else { return nil }
    return kind == .episode && isExtra(name) ? nil : kind
  }

  /// The same, with samples, trailers and other extras taken for episodes.
  static func kindOrExtra(of name: EntryName) -> FileKind? {
    guard let code = name.extensionCode, let kind = kinds[code], !isTemporary(name) else {
      return nil
    }
    return kind
  }

  /// By the last name of a path.
  static func kindOrExtra(of path: FilePath) -> FileKind? {
    path.withPlatformString { start in
      kindOrExtra(of: EntryName(strrchr(start, 0x2F).map { UnsafePointer($0 + 1) } ?? start))
    }
  }

  /// Whether a download client, a copy or an editor uses such a name until the file or folder is
  /// whole.
  static func isTemporary(_ name: EntryName) -> Bool {
    if name.count == 0 || name[0] == 0x2E || name[name.count - 1] == 0x7E { return true }
    return unfinishedPrefixes.contains(where: name.hasPrefix)
      || unfinishedSuffixes.contains(where: name.hasSuffix)
  }

  /// Whether media servers take a video of this name for an extra of the episodes beside it.
  static func isExtra(_ name: EntryName) -> Bool {
    let end = name.extensionDot ?? name.count
    if end == 6, name.hasSuffix("sample", end: end) { return true }
    return extraSuffixes.contains { name.hasSuffix($0, end: end) }
  }

  private static let kinds: [UInt64: FileKind] = Dictionary(
    EpisodeFiles.videoExtensions.map { (EntryName.extensionCode($0), .episode) }
      + EpisodeFiles.subtitleExtensions.map { (EntryName.extensionCode($0), .subtitles) },
    uniquingKeysWith: { first, _ in first })

  private static let unfinishedPrefixes: [StaticString] = ["_unpack_", "_failed_"]

  private static let unfinishedSuffixes: [StaticString] = [
    ".part", ".partial", ".!qb", ".!ut", ".tmp", ".temp", ".crdownload", ".download", ".filepart",
  ]

  /// The endings by which media servers know an extra that lies beside the episodes.
  private static let extraSuffixes: [StaticString] = [
    "-sample", ".sample", "-trailer", ".trailer", "-behindthescenes", "-deleted", "-featurette",
    "-interview", "-scene", "-short", "-other",
  ]
}
