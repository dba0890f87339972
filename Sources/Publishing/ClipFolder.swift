import SystemPackage

/// The folder beside an episode that holds its clips: `Shorts/langflix/<episode>/`.
///
/// Clips are made in a hidden work folder next to it and appear under their final name by one rename. All calls block.
package struct ClipFolder: Sendable, Hashable {
  /// `…/Shorts/langflix/<episode>`.
  package let path: FilePath

  /// Chooses the folder for an episode's file. A folder of that name that belongs to another episode is never used.
  package init(
    forEpisode episode: FilePath, fingerprint: String, layout: ClipLayout = .beside
  ) {
    let stem = episode.stem ?? "episode"
    let shelf =
      switch layout {
      case .beside, .extras: Self.shelf(in: episode.removingLastComponent())
      case .root(let folder): Self.shelf(in: folder)
      }
    let name = LettersOnlyName.folder(forStem: stem)
    let plain = shelf.appending(name)
    if Self.isFree(plain, for: fingerprint) {
      path = plain
    } else {
      path = shelf.appending("\(name) \(Self.letters(of: fingerprint))")
    }
  }

  /// A folder that was chosen before.
  package init(at path: FilePath) { self.path = path }

  /// Where every episode of a folder has its clips.
  static func shelf(in folder: FilePath) -> FilePath {
    folder.appending("Shorts").appending("langflix")
  }

  /// Hidden, on the same file system as the final folder, and the same at every try: what a killed run left is
  /// found again.
  package var workFolder: FilePath {
    path.removingLastComponent().appending(".work \(path.lastComponent?.string ?? "episode")")
  }

  /// Makes an empty work folder and the marker files that keep media servers out.
  /// - Parameter base: what must be there already, such as the episode's folder: one that was renamed since is not made
  ///   again under its old name.
  package func prepare(within base: FilePath? = nil) throws(PublishingError) {
    do {
      try makeShelf(within: base)
      try clearRetired()
      try placeFlatFiles(of: path)
      // Only what an unfinished run made is ever in it.
      try Files.removeTree(workFolder)
      try Files.makeFolder(workFolder)
      try Files.makeFolder(flatFolder)
    } catch {
      throw PublishingError("making the clip folder", at: path, error)
    }
  }

  /// Makes what every episode of a folder shares.
  func makeShelf(within base: FilePath?) throws {
    let shelf = path.removingLastComponent()
    try Self.makeHome(shelf, within: base)
    for (marker, content) in Self.markers where Files.facts(of: shelf.appending(marker)) == nil {
      try Files.create(content, at: shelf.appending(marker))
    }
  }

  /// Makes a folder and those above it, each with the group and the rights of the one that it is in.
  private static func makeHome(_ folder: FilePath, within base: FilePath?) throws {
    guard !Files.exists(folder) else { return }
    guard folder != base, folder.components.count > 0 else { throw Errno.noSuchFileOrDirectory }
    let parent = folder.removingLastComponent()
    try makeHome(parent, within: base)
    // Not those above it: they may have been renamed since.
    try Files.makeFolderUnlessThere(folder)
    // What is refused is told when the clips follow.
    if let model = Files.facts(of: parent) { _ = follow(model, folder, in: parent) }
  }

  /// Removes the work folder; for a run that failed.
  package func discard() {
    try? Files.removeTree(workFolder)
  }

  /// Removes what was begun in another folder of the same episode, wherever that folder is by now.
  package func discardWork(named former: FilePath) {
    ClipFolder(at: former).discard()
    guard let name = former.lastComponent, name != path.lastComponent else { return }
    ClipFolder(at: path.removingLastComponent().appending(name)).discard()
  }

  /// Writes a file of the work folder.
  /// - Parameter name: relative; a folder in it is made.
  package func write(_ text: String, to name: String) throws(PublishingError) {
    do {
      var folder = workFolder
      for part in FilePath(name).removingLastComponent().components {
        folder.append(part)
        // Not the work folder itself: what it is in may have been renamed since.
        try Files.makeFolderUnlessThere(folder)
      }
      try Files.write(text, to: workFolder.pushing(FilePath(name)))
    } catch {
      throw PublishingError("writing \(name)", at: path, error)
    }
  }

  /// Syncs the work folder to the disk and gives it its final name in one step.
  ///
  /// The set of an earlier run is swapped out in the same step, and its files are removed; files in it that are not
  /// langflix's move into the new folder.
  package func publish() throws(PublishingError) {
    do {
      try expectFlatNamesFree()
      try Files.syncTree(workFolder)
      if Files.exists(path) {
        // From here on the folder is cleared by what its own manifest names, whichever set it holds after a crash.
        try Files.rename(workFolder, retiredFolder)
        try Files.exchange(retiredFolder, path)
      } else {
        try Files.rename(workFolder, path)
      }
      try Files.sync(path.removingLastComponent())
      // Only now: a kill before leaves them in the folder, which the next run replaces.
      try placeFlatFiles(of: path)
      try clearRetired()
      try makeKnownFolder()
    } catch {
      throw PublishingError("publishing the clips", at: path, error)
    }
  }

  /// Where a set of clips that was replaced is until it is cleared.
  private var retiredFolder: FilePath {
    path.removingLastComponent().appending(".old \(path.lastComponent?.string ?? "episode")")
  }

  /// Removes what langflix made; everything else goes into the published folder.
  func clearRetired() throws {
    guard Files.exists(retiredFolder), Files.exists(path) else { return }
    for name in ownFlatFiles(namedIn: retiredFolder).subtracting(ownFlatFiles(namedIn: path)) {
      try Files.removeFile(flatHome.appending(name))
    }
    try Files.removeTree(retiredFolder.appending(Self.flatName))
    try clear(retiredFolder, into: path, ours: Self.ownFiles(in: retiredFolder))
  }

  private func clear(_ folder: FilePath, into home: FilePath, ours: Set<FilePath>) throws {
    for name in try Files.names(in: folder) {
      let file = folder.appending(name)
      let target = home.appending(name)
      if ours.contains(file), !Files.isFolder(file) {
        try Files.removeFile(file)
      } else if Files.isFolder(file), Files.isFolder(target) {
        try clear(file, into: target, ours: ours)
      } else if Files.isFolder(file), ours.contains(where: { $0.starts(with: file) }) {
        try Files.makeFolders(target)
        try clear(file, into: target, ours: ours)
        try? Files.removeFolder(target)
      } else {
        try Files.rename(file, Self.freeName(for: target))
      }
    }
    try Files.removeFolder(folder)
  }

  /// In bytes, of one name.
  private static let nameLimit = 255

  static func freeName(for target: FilePath) -> FilePath {
    var target = target
    while Files.exists(target) {
      let ending = " kept.\(target.extension ?? "bak")"
      var stem = target.stem ?? "file"
      while stem.utf8.count + ending.utf8.count > nameLimit { stem.removeLast() }
      target = target.removingLastComponent().appending(stem + ending)
    }
    return target
  }

  static func ownFiles(in folder: FilePath) -> Set<FilePath> {
    Set((ManifestListing(in: folder)?.inside ?? []).map { folder.pushing($0) })
  }

  private static func isFree(_ folder: FilePath, for fingerprint: String) -> Bool {
    guard Files.exists(folder) else {
      // Names that differ in case alone are one name to SMB and exFAT.
      let name = folder.lastComponent?.string.lowercased()
      let others = try? Files.names(in: folder.removingLastComponent())
      return !(others ?? []).contains { $0.string.lowercased() == name }
    }
    return ManifestListing(in: folder)?.fingerprint == fingerprint
  }

  /// Six letters of a fingerprint; digits would look like an episode's number.
  static func letters(of fingerprint: String) -> String {
    let digest = fingerprint.split(separator: "-").last ?? ""
    return String(
      digest.prefix(6).compactMap(\.hexDigitValue).map { Character(UnicodeScalar(UInt8(97 + $0))) })
  }

  /// What each media server looks for; docs/clips.md names them.
  static let markers: [(FilePath.Component, String)] = [
    (".ignore", ""), (".nomedia", ""), (".plexignore", "*\n*/*\n"), (".embyignore", "*\n"),
  ]
}
