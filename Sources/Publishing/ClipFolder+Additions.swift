import SystemPackage

// What is done to a folder that is published already. All calls block.
extension ClipFolder {
  /// Whether clips of this episode are published here.
  package func isPublished(fingerprint: String) -> Bool {
    ManifestListing(in: path)?.fingerprint == fingerprint
  }

  /// Whether another episode has its clips here by now.
  package func isAnothers(than fingerprint: String) -> Bool {
    ManifestListing(in: path)?.fingerprint.map { $0 != fingerprint } ?? false
  }

  /// Whether all clips of this episode that there were to be are published here.
  package func hasCompleteSet(fingerprint: String) -> Bool {
    ManifestListing(in: path).map { $0.fingerprint == fingerprint && $0.isComplete } ?? false
  }

  /// Whether its clips are in one file, too.
  package var hasReel: Bool { ManifestListing(in: path)?.reelName != nil }

  /// Whether there is such a folder at all, whatever is in it.
  package var isThere: Bool { Files.isFolder(path) }

  /// Adds what is in the work folder to the published one, each file in one step and the manifest last. Of what is
  /// there, only files of langflix's own go that the new manifest does not name any more.
  /// - Parameter touched: files that stay, whatever the manifests name, relative.
  package func add(keeping touched: Set<String> = []) throws(PublishingError) {
    do {
      try expectFlatNamesFree()
      try Files.syncTree(workFolder)
      try makeWayForPage()
      try move(workFolder, into: path)
      // Before the manifest that names them is gone.
      try removeUnnamed(keeping: touched)
      let manifest = workFolder.appending(Manifest.fileName)
      if Files.exists(manifest) { try Files.rename(manifest, path.appending(Manifest.fileName)) }
      try Files.sync(path)
      try placeFlatFiles(of: workFolder)
      try Files.removeTree(workFolder)
      try makeKnownFolder()
    } catch {
      throw PublishingError("adding clips", at: path, error)
    }
  }

  /// Removes what the published manifest names and the one in the work folder does not.
  private func removeUnnamed(keeping touched: Set<String>) throws {
    guard let former = ManifestListing(in: path), let next = ManifestListing(in: workFolder) else {
      return
    }
    let kept = Set(touched.union(next.names).compactMap(file(named:)))
    let flat = ownFlatFiles(namedIn: path)
    for name in former.names {
      if let flatName = ManifestListing.flat(name), !flat.contains(flatName) { continue }
      guard let file = file(named: name), !kept.contains(file) else { continue }
      try Files.removeFile(file)
    }
  }

  /// The file that the manifest calls so; nil for a name that leads elsewhere, also through a link.
  func file(named name: String) -> FilePath? {
    if let inside = ManifestListing.inside(name) {
      let file = path.pushing(inside)
      let isBelowLink = inside.components.count > 1 && Files.isLink(file.removingLastComponent())
      return isBelowLink ? nil : file
    }
    return ManifestListing.flat(name).map { flatHome.appending($0) }
  }

  /// All but the manifest and the flat files; subtitles before clips, so that a player that sees a clip sees them too.
  private func move(_ folder: FilePath, into home: FilePath) throws {
    let names = try Files.names(in: folder).filter {
      $0.string != Manifest.fileName && $0 != Self.flatName
    }
    let clips: Set = ["mp4", "mkv"]
    for isClip in [false, true] {
      for name in names where clips.contains(name.extension ?? "") == isClip {
        let (from, to) = (folder.appending(name), home.appending(name))
        if Files.isFolder(from) {
          // Somebody's file or link in its place is kept, and not followed.
          if Files.facts(of: to) != nil, !Files.isFolder(to) {
            try Files.rename(to, Self.freeName(for: to))
          }
          try Files.makeFolders(to)
          try move(from, into: to)
          try Files.sync(to)
        } else {
          try Files.rename(from, to)
        }
      }
    }
  }

  /// Which of these files, relative to the folder, are not there any more; not those that can't be looked at.
  package func missing(among files: [String]) -> Set<String> {
    Set(files.filter { name in file(named: name).map(Files.isGone) ?? true })
  }

  // MARK: - What is known

  /// Where a person moves a clip to say that its expressions are known.
  package static let knownFolderName = "known"

  func makeKnownFolder() throws {
    let known = path.appending(Self.knownFolderName)
    guard !Files.exists(known) else { return }
    try Files.makeFolder(known)
    // What was refused for the clips was told there.
    if let model = Files.facts(of: path) { _ = Self.follow(model, known, in: path) }
  }

  /// The names of the files in the folder `known` of published clips; none where there is no such folder.
  package static func knownFiles(in folder: FilePath) -> [String] {
    let names = try? Files.names(in: folder.appending(knownFolderName))
    return (names ?? []).map(\.string).sorted()
  }

  /// Puts the subtitles of a clip that was moved into `known` beside it.
  /// - Parameter files: relative to the folder.
  package static func followIntoKnown(_ files: [String], in folder: FilePath) throws {
    let home = ClipFolder(at: folder)
    for name in files {
      guard let from = home.file(named: name) else { continue }
      let place = ManifestListing.inside(name) ?? FilePath(from.lastComponent?.string ?? name)
      let to = folder.appending(knownFolderName).pushing(place)
      guard Files.exists(from), !Files.exists(to) else { continue }
      try Files.makeFolders(to.removingLastComponent())
      try Files.rename(from, to)
    }
  }
}
