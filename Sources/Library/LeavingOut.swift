import SystemPackage

/// Which of a library's rules leaves a file out, and by which name: the file's own, or that of a folder above it.
package enum LeavingOut: Sendable, Hashable {
  case hidden(String)
  /// A name that download clients and copies use until all is there.
  case unfinished(String)
  case recycleBin(String)
  /// A folder of the storage system.
  case system(String)
  /// The folder that clips are written into.
  case clips(String)
  /// The file of an extra, such as a sample or a trailer.
  case extra(String)
  /// A folder of extras.
  case extras(String)
  /// A pattern of `exclude`, as it is written there.
  case excluded(String, pattern: String)
  /// No pattern of `include` matches.
  case notIncluded
  /// A video in a folder of subtitles.
  case amongSubtitles(String)
  /// No name of a video or of a subtitle file.
  case notMedia(String)
}

extension IgnoreRules {
  /// Why a file is left out, judged as `kind(of:below:)` does; nil when it is taken, or not below the root.
  package func leavingOut(_ path: FilePath, below root: FilePath) -> LeavingOut? {
    var names = path
    guard names.removePrefix(root), let file = names.lastComponent,
      kind(of: path, below: root) == nil
    else { return nil }
    var use = FolderUse.everything
    var place: [String] = []
    var subtitleFolder = ""
    for name in names.removingLastComponent().components {
      guard let next = self.use(ofFolder: name, at: place, within: use) else {
        return reason(ofFolder: name, at: place)
      }
      if next != use { subtitleFolder = name.string }
      use = next
      place.append(name.string)
    }
    return reason(
      ofFile: file, at: place, subtitleFolder: use == .everything ? nil : subtitleFolder)
  }

  private func reason(ofFolder name: FilePath.Component, at place: [String]) -> LeavingOut {
    if let reason = Self.temporary(name) { return reason }
    let lowercased = name.string.lowercased()
    if Self.isRecycleBin(lowercased) { return .recycleBin(name.string) }
    if lowercased == Self.clipsFolder { return .clips(name.string) }
    if Self.neverEntered.contains(lowercased) { return .system(name.string) }
    if let pattern = excluding(place + [name.string]) {
      return .excluded(name.string, pattern: pattern)
    }
    return Self.extras.contains(lowercased) ? .extras(name.string) : .notIncluded
  }

  private func reason(
    ofFile name: FilePath.Component, at place: [String], subtitleFolder: String?
  ) -> LeavingOut {
    if let reason = Self.temporary(name) { return reason }
    guard let kind = name.withPlatformString({ EpisodeNames.kindOrExtra(of: EntryName($0)) }) else {
      return .notMedia(name.string)
    }
    if kind == .episode, let subtitleFolder { return .amongSubtitles(subtitleFolder) }
    if let pattern = excluding(place + [name.string]) {
      return .excluded(name.string, pattern: pattern)
    }
    let isExtra = name.withPlatformString { EpisodeNames.isExtra(EntryName($0)) }
    return kind == .episode && isExtra && isExcluded(place + [name.string], unless: true)
      ? .extra(name.string) : .notIncluded
  }

  private static func temporary(_ name: FilePath.Component) -> LeavingOut? {
    guard name.withPlatformString({ EpisodeNames.isTemporary(EntryName($0)) }) else { return nil }
    return name.string.hasPrefix(".") ? .hidden(name.string) : .unfinished(name.string)
  }

  /// The pattern that decided that a name is left out.
  private func excluding(_ names: [String]) -> String? {
    guard let last = exclude.last(where: { $0.matches(names) }), !last.takesBack else { return nil }
    return last.text
  }
}
