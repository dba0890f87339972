import SystemPackage

/// The folder beside an episode that holds its clips: `Shorts/langflix/<episode>/`.
///
/// Clips are made in a hidden work folder next to it and appear under their final name by one rename. All calls block.
package struct ClipFolder: Sendable, Hashable {
  /// `…/Shorts/langflix/<episode>`.
  package let path: FilePath

  /// A folder that was chosen before.
  package init(existing path: FilePath) { self.path = path }

  /// Chooses the folder for an episode's file. A folder of that name that belongs to another episode is never used.
  package init(forEpisode episode: FilePath, fingerprint: String) {
    let stem = episode.stem ?? "episode"
    let shelf = Self.shelf(besideEpisode: episode)
    let name = LettersOnlyName.folder(forStem: stem)
    let plain = shelf.appending(name)
    if Self.isFree(plain, for: fingerprint) {
      path = plain
    } else {
      path = shelf.appending("\(name) \(Self.letters(of: fingerprint))")
    }
  }

  /// Where every episode of a folder has its clips.
  package static func shelf(besideEpisode episode: FilePath) -> FilePath {
    episode.removingLastComponent().appending("Shorts").appending("langflix")
  }

  /// Hidden, on the same file system as the final folder, and the same at every try: what a killed run left is
  /// found again.
  package var workFolder: FilePath {
    path.removingLastComponent().appending(".work \(path.lastComponent?.string ?? "episode")")
  }

  /// Makes an empty work folder and the marker files that keep media servers out.
  package func prepare() throws(PublishingError) {
    let shelf = path.removingLastComponent()
    do {
      try Files.makeFolders(shelf)
      for (marker, content) in Self.markers where !Files.exists(shelf.appending(marker)) {
        try Files.write(content, to: shelf.appending(marker))
      }
      try Files.removeTree(workFolder)
      try Files.makeFolder(workFolder)
    } catch {
      throw PublishingError("making the clip folder", at: path, error)
    }
  }

  /// Removes the work folder; for a run that failed.
  package func discard() {
    try? Files.removeTree(workFolder)
  }

  package func write(_ text: String, to name: String) throws(PublishingError) {
    do {
      try Files.write(text, to: workFolder.appending(name))
    } catch {
      throw PublishingError("writing \(name)", at: path, error)
    }
  }

  /// Syncs the work folder to the disk and gives it its final name in one step.
  ///
  /// A folder of an earlier run is swapped out and removed; files in it that are not langflix's move along.
  package func publish() throws(PublishingError) {
    do {
      try Files.syncTree(workFolder)
      if Files.exists(path) {
        try carryForeignFiles()
        try Files.exchange(workFolder, path)
        try Files.removeTree(workFolder)
      } else {
        try Files.rename(workFolder, path)
      }
      try Files.sync(path.removingLastComponent())
    } catch {
      throw PublishingError("publishing the clips", at: path, error)
    }
  }

  /// Moves what a person put into the old folder into the new one.
  private func carryForeignFiles() throws {
    let ours = Self.ownFiles(in: path)
    for name in try Files.names(in: path) where !ours.contains(name) {
      var target = workFolder.appending(name)
      while Files.exists(target) {
        target = workFolder.appending("\(target.stem ?? "file") kept.\(target.extension ?? "bak")")
      }
      try Files.rename(path.appending(name), target)
    }
  }

  private static func ownFiles(in folder: FilePath) -> Set<FilePath.Component> {
    guard let manifest = manifest(in: folder) else { return [] }
    var names: Set = [Manifest.fileName]
    for clip in manifest.groups.compactMap(\.clip) {
      names.insert(clip.file)
      names.formUnion(clip.subtitles.map(\.file))
    }
    return Set(names.compactMap { FilePath.Component($0) })
  }

  private static func isFree(_ folder: FilePath, for fingerprint: String) -> Bool {
    guard Files.exists(folder) else { return true }
    return manifest(in: folder)?.episode.fingerprint == fingerprint
  }

  package static func manifest(in folder: FilePath) -> Manifest? {
    guard let bytes = try? Files.read(folder.appending(Manifest.fileName)) else { return nil }
    return try? ManifestCoding.decode(bytes)
  }

  /// Six letters of a fingerprint; digits would look like an episode's number.
  private static func letters(of fingerprint: String) -> String {
    let digest = fingerprint.split(separator: "-").last ?? ""
    return String(
      digest.prefix(6).compactMap(\.hexDigitValue).map { Character(UnicodeScalar(UInt8(97 + $0))) })
  }

  /// What each media server looks for; docs/architecture.md names them.
  private static let markers: [(FilePath.Component, String)] = [
    (".ignore", ""), (".nomedia", ""), (".plexignore", "*\n*/*\n"), (".embyignore", "*\n"),
  ]
}
