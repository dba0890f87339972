import SystemPackage

/// Decides by names what a library leaves out. Only names below its root are judged: the root may
/// bear any.
///
/// Samples, trailers and other extras are left out unless a pattern with `!` takes them back. What
/// storage systems and download clients keep, and what langflix writes itself, is never entered.
package struct IgnoreRules: Sendable {
  private let include: [GlobPattern]
  let exclude: [GlobPattern]

  /// - Parameters:
  ///   - include: only episodes that one of these names, itself or by a folder above it, are taken;
  ///     none means all.
  ///   - exclude: files and folders that are left out besides the built-in ones; of those that
  ///     match, the last decides.
  package init(include: [String] = [], exclude: [String] = []) {
    self.include = include.compactMap(GlobPattern.init)
    self.exclude = exclude.compactMap(GlobPattern.init)
  }

  /// Without patterns it does not matter where a file or folder lies.
  var hasPatterns: Bool { !include.isEmpty || !exclude.isEmpty }

  /// What a folder is entered for, or nil when it is left out.
  /// - Parameter place: the names of the folders between the root and this one.
  package func use(
    ofFolder name: FilePath.Component, at place: [String] = [],
    within parent: FolderUse = .everything
  ) -> FolderUse? {
    guard !name.withPlatformString({ EpisodeNames.isTemporary(EntryName($0)) }) else { return nil }
    let lowercased = name.string.lowercased()
    guard !Self.isRecycleBin(lowercased), !Self.neverEntered.contains(lowercased) else {
      return nil
    }
    let isExtra = Self.extras.contains(lowercased)
    guard hasPatterns else {
      return isExtra ? nil : Self.use(ofFolder: lowercased, within: parent)
    }
    let names = place + [name.string]
    guard !isExcluded(names, unless: isExtra), mayHoldIncluded(names) else { return nil }
    return Self.use(ofFolder: lowercased, within: parent)
  }

  private static func use(ofFolder name: String, within parent: FolderUse) -> FolderUse {
    subtitleFolders.contains(name) ? .subtitlesOnly : parent
  }

  /// What a file is, or nil when it is left out.
  /// - Parameter place: the names of the folders between the root and this file.
  package func kind(
    ofFile name: FilePath.Component, at place: [String] = [],
    within folder: FolderUse = .everything
  ) -> FileKind? {
    name.withPlatformString { kind(ofFile: EntryName($0), at: place, within: folder) }
  }

  func kind(
    ofFile name: EntryName, at place: @autoclosure () -> [String], within folder: FolderUse
  ) -> FileKind? {
    guard let kind = EpisodeNames.kindOrExtra(of: name),
      folder == .everything || kind == .subtitles
    else { return nil }
    let isExtra = kind == .episode && EpisodeNames.isExtra(name)
    guard hasPatterns else { return isExtra ? nil : kind }
    let names = place() + [String(decoding: name.bytes, as: UTF8.self)]
    if isExcluded(names, unless: isExtra) || (kind == .episode && !isIncluded(names)) { return nil }
    return kind
  }

  /// What a file is, judged by every name below the root; nil when it is left out or not below the
  /// root.
  package func kind(of path: FilePath, below root: FilePath) -> FileKind? {
    guard let file = path.lastComponent,
      let use = use(ofFolderAt: path.removingLastComponent(), below: root)
    else { return nil }
    return kind(
      ofFile: file, at: Self.place(of: path.removingLastComponent(), below: root), within: use)
  }

  /// What a folder is entered for, judged by every name below the root.
  func use(ofFolderAt path: FilePath, below root: FilePath) -> FolderUse? {
    var names = path
    guard names.removePrefix(root) else { return nil }
    var use = FolderUse.everything
    var place: [String] = []
    for name in names.components {
      guard let next = self.use(ofFolder: name, at: place, within: use) else { return nil }
      use = next
      place.append(name.string)
    }
    return use
  }

  /// The names from the root to a folder below it.
  static func place(of folder: FilePath, below root: FilePath) -> [String] {
    var names = folder
    guard names.removePrefix(root) else { return [] }
    return names.components.map(\.string)
  }

  // MARK: - Patterns

  func isExcluded(_ names: [String], unless isBuiltIn: Bool) -> Bool {
    exclude.reduce(isBuiltIn) { isExcluded, pattern in
      pattern.matches(names) ? !pattern.takesBack : isExcluded
    }
  }

  private func isIncluded(_ names: [String]) -> Bool {
    include.isEmpty
      || include.contains { pattern in
        names.indices.contains { pattern.matches(Array(names[...$0])) }
      }
  }

  private func mayHoldIncluded(_ names: [String]) -> Bool {
    include.isEmpty || isIncluded(names) || include.contains { $0.mayMatch(below: names) }
  }

  // MARK: - Built in

  /// `Recycled Love` is a show, `@Recycle` is none.
  static func isRecycleBin(_ name: String) -> Bool {
    guard name.contains("recycle") else { return false }
    return recycleBins.contains(name) || name.first.map("@#$_".contains) == true
  }

  private static let recycleBins: Set = [
    "recycle", "recycler", "recycled", "recycle bin", "recyclebin", "recycle.bin",
  ]

  static let subtitleFolders: Set = ["subs", "subtitles", "sub"]

  /// Folders of the storage system, and `Shorts`, into which clips are written.
  static let neverEntered: Set = [
    "@eadir", "@recently-snapshot", "#snapshot", "lost+found", "system volume information",
    clipsFolder,
  ]

  static let clipsFolder = "shorts"

  /// The folders of extras that Sonarr leaves out.
  static let extras: Set = [
    "extras", "extrafanart", "behind the scenes", "deleted scenes", "featurettes", "interviews",
    "other", "scenes", "sample", "samples", "trailers",
  ]
}
