import SystemPackage

// What is done to a folder that is published already. All calls block.
extension ClipFolder {
  /// Whether clips of this episode are published here.
  package func isPublished(fingerprint: String) -> Bool {
    Self.manifest(in: path)?.episode.fingerprint == fingerprint
  }

  /// Adds what is in the work folder to the published one, each file in one step and the manifest last; nothing that
  /// is there is changed but the manifest.
  /// - Parameter leftovers: files of langflix's own that are not needed any more, relative.
  package func add(removing leftovers: [String] = []) throws(PublishingError) {
    do {
      try Files.syncTree(workFolder)
      try move(workFolder, into: path)
      let manifest = workFolder.appending(Manifest.fileName)
      if Files.exists(manifest) { try Files.rename(manifest, path.appending(Manifest.fileName)) }
      try Files.sync(path)
      for name in leftovers { try Files.removeTree(path.pushing(FilePath(name))) }
      try Files.removeTree(workFolder)
      try makeKnownFolder()
    } catch {
      throw PublishingError("adding clips", at: path, error)
    }
  }

  /// All but the manifest; subtitles before clips, so that a player that sees a clip sees them too.
  private func move(_ folder: FilePath, into home: FilePath) throws {
    let names = try Files.names(in: folder).filter { $0.string != Manifest.fileName }
    let clips: Set = ["mp4", "mkv"]
    for isClip in [false, true] {
      for name in names where clips.contains(name.extension ?? "") == isClip {
        let (from, to) = (folder.appending(name), home.appending(name))
        if Files.isFolder(from) {
          try Files.makeFolders(to)
          try move(from, into: to)
          try Files.sync(to)
        } else {
          try Files.rename(from, to)
        }
      }
    }
  }

  /// Which of these files, relative to the folder, are not there any more.
  package func missing(among files: [String]) -> Set<String> {
    Set(files.filter { !Files.exists(path.pushing(FilePath($0))) })
  }

  // MARK: - What is known

  /// Where a person moves a clip to say that its expressions are known.
  package static let knownFolderName = "known"

  func makeKnownFolder() throws {
    try Files.makeFolders(path.appending(Self.knownFolderName))
  }

  /// The names of the files in the folder `known` of published clips; none where there is no such folder.
  package static func knownFiles(in folder: FilePath) -> [String] {
    let names = try? Files.names(in: folder.appending(knownFolderName))
    return (names ?? []).map(\.string).sorted()
  }

  /// Puts the subtitles of a clip that was moved into `known` beside it.
  /// - Parameter files: relative to the folder.
  package static func followIntoKnown(_ files: [String], in folder: FilePath) throws {
    for file in files {
      let from = folder.pushing(FilePath(file))
      let to = folder.appending(knownFolderName).pushing(FilePath(file))
      guard Files.exists(from), !Files.exists(to) else { continue }
      try Files.makeFolders(to.removingLastComponent())
      try Files.rename(from, to)
    }
  }
}
