import SystemPackage

/// Decides by names what a library leaves out. Only names below its root are judged: the root may
/// bear any.
package struct IgnoreRules: Sendable {
  private let patterns: [NamePattern]

  /// - Parameter patterns: the user's own, matched against each file and folder name below the
  ///   root.
  package init(patterns: [String] = []) {
    self.patterns = patterns.map(NamePattern.init)
  }

  /// What a folder is entered for, or nil when it is left out.
  package func use(
    ofFolder name: FilePath.Component, within parent: FolderUse = .everything
  ) -> FolderUse? {
    let lowercased = name.string.lowercased()
    guard !EpisodeNames.isTemporary(lowercased), !Self.isRecycleBin(lowercased),
      !Self.leftOut.contains(lowercased), !isIgnoredByUser(name)
    else { return nil }
    return Self.subtitleFolders.contains(lowercased) ? .subtitlesOnly : parent
  }

  /// What a file is, or nil when it is left out.
  package func kind(
    ofFile name: FilePath.Component, within folder: FolderUse = .everything
  ) -> FileKind? {
    guard let kind = EpisodeNames.kind(of: name), !isIgnoredByUser(name) else { return nil }
    return folder == .subtitlesOnly && kind == .episode ? nil : kind
  }

  /// What a file is, judged by every name below the root; nil when it is left out or not below the
  /// root.
  package func kind(of path: FilePath, below root: FilePath) -> FileKind? {
    var names = path
    guard names.removePrefix(root), let file = names.lastComponent else { return nil }
    var folder = FolderUse.everything
    for name in names.removingLastComponent().components {
      guard let use = use(ofFolder: name, within: folder) else { return nil }
      folder = use
    }
    return kind(ofFile: file, within: folder)
  }

  private func isIgnoredByUser(_ name: FilePath.Component) -> Bool {
    guard !patterns.isEmpty else { return false }
    let text = name.string
    return patterns.contains { $0.matches(text) }
  }

  /// `Recycled Love` is a show, `@Recycle` is none.
  private static func isRecycleBin(_ name: String) -> Bool {
    guard name.contains("recycle") else { return false }
    return recycleBins.contains(name) || name.first.map("@#$_".contains) == true
  }

  private static let recycleBins: Set = [
    "recycle", "recycler", "recycled", "recycle bin", "recyclebin", "recycle.bin",
  ]

  static let subtitleFolders: Set = ["subs", "subtitles", "sub"]

  /// Folders of the storage system, and the folders of extras that Sonarr leaves out. Clips are
  /// written into `Shorts`.
  private static let leftOut: Set = [
    "@eadir", "@recently-snapshot", "#snapshot", "lost+found", "system volume information",
    "extras", "extrafanart", "behind the scenes", "deleted scenes", "featurettes", "interviews",
    "other", "scenes", "sample", "samples", "shorts", "trailers",
  ]
}
