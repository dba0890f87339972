import SystemPackage

/// Looks at files beside an episode. Everything here blocks.
package enum EpisodeFiles {
  /// In lower case, without the dot.
  package static let videoExtensions: Set<String> = [
    "mkv", "mk3d", "mp4", "m4v", "mov", "avi", "divx", "webm", "ts", "m2ts", "mts", "mpg", "mpeg",
    "wmv", "asf", "flv", "ogv", "ogm", "3gp", "rm", "rmvb", "wtv",
  ]

  /// In lower case, without the dot.
  package static let subtitleExtensions: Set<String> = [
    "srt", "vtt", "ass", "ssa", "smi", "sub", "idx", "sup", "ttml", "dfxp",
  ]

  /// A regular file, reached through links too; nil for anything else and for what can't be looked
  /// at.
  package static func observe(_ path: FilePath) -> ObservedFile? {
    guard let status = try? FileStatus(of: path) else { return nil }
    return ObservedFile(path, status)
  }

  /// Whether a file has pieces that were never written, as a download has until it is whole.
  package static func hasHoles(_ path: FilePath) -> Bool { FileHoles.areIn(path) }

  /// The subtitle files that may belong to an episode: all of them in its folder, in `Subs`, `Sub`
  /// or `Subtitles` below it, and in the folder there that bears the episode's name. Whether one
  /// does belong is for its name to say.
  /// - Returns: in the order of the bytes of their paths.
  /// - Throws: `Errno` when the episode's own folder can't be read.
  package static func sidecars(of episode: FilePath) throws -> [FilePath] {
    let folder = episode.removingLastComponent()
    let beside = try contents(of: folder.isEmpty ? "." : folder)
    var found = beside.subtitles.map(folder.appending)
    for name in beside.folders
    where IgnoreRules.subtitleFolders.contains(name.string.lowercased()) {
      let below = folder.appending(name)
      guard let contents = try? contents(of: below) else { continue }
      found += contents.subtitles.map(below.appending)
      guard let stem = episode.stem, contents.folders.contains(where: { $0.string == stem })
      else { continue }
      for own in contents.folders where own.string == stem {
        let ownFolder = below.appending(own)
        found += ((try? Self.contents(of: ownFolder))?.subtitles ?? []).map(ownFolder.appending)
      }
    }
    return found.sorted { $0.precedes($1) }
  }

  /// The folders in which an episode would lie that a subtitle file may belong to: its own, and where that is `Subs` or
  /// a folder in it, the one around `Subs`.
  package static func episodeFolders(ofSubtitles file: FilePath) -> [FilePath] {
    var folders = [file.removingLastComponent()]
    for _ in 0..<2 {
      guard let folder = folders.last, let name = folder.lastComponent?.string else { break }
      let isSubs = IgnoreRules.subtitleFolders.contains(name.lowercased())
      folders.append(folder.removingLastComponent())
      if isSubs { return [folders[0], folders[folders.count - 1]] }
    }
    return [folders[0]]
  }

  /// How many other videos there are in a folder that could be episodes; 0 when it can't be read.
  package static func otherEpisodes(in folder: FilePath, than episode: FilePath) -> Int {
    let names = (try? contents(of: folder.isEmpty ? "." : folder))?.episodes ?? []
    return names.count { $0 != episode.lastComponent }
  }

  /// The episodes in one folder, as a library takes them, and the folders in it, in no order; nothing where the library
  /// leaves it out. Symbolic links to folders are not followed.
  /// - Parameters:
  ///   - folder: the root, or a folder below it.
  ///   - root: of the library.
  package static func entries(
    of folder: FilePath, root: FilePath, rules: IgnoreRules
  ) throws(Errno) -> (episodes: [FilePath], folders: [FilePath]) {
    var episodes: [FilePath] = []
    var folders: [FilePath] = []
    guard folder == root || rules.use(ofFolderAt: folder, below: root) == .everything else {
      return (episodes, folders)
    }
    var listing = try OpenFolder(folder)
    while let entry = try listing.next() {
      guard let name = entry.name.component else { continue }
      let path = folder.appending(name)
      if entry.kind == .folder {
        folders.append(path)
      } else if rules.kind(of: path, below: root) == .episode, observe(path) != nil {
        episodes.append(path)
      }
    }
    return (episodes, folders)
  }

  private struct Contents {
    var episodes: [FilePath.Component] = []
    var subtitles: [FilePath.Component] = []
    var folders: [FilePath.Component] = []
  }

  private static func contents(of path: FilePath) throws(Errno) -> Contents {
    var folder = try OpenFolder(path)
    var contents = Contents()
    while let entry = try folder.next() {
      let kind = EpisodeNames.kind(of: entry.name)
      let isFile =
        entry.kind == .file || entry.kind == .link && folder.observe(entry.name) != nil
      // A link that is none to a file may be one to a folder, which opening it tells.
      let isFolder = entry.kind == .folder || entry.kind == .link && !isFile
      guard isFolder || isFile && kind != nil, let name = entry.name.component else { continue }
      if isFolder {
        contents.folders.append(name)
      } else if kind == .episode {
        contents.episodes.append(name)
      } else {
        contents.subtitles.append(name)
      }
    }
    return contents
  }
}
