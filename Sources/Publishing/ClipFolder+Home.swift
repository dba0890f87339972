import SystemPackage

// Where an episode's clips belong, and where they may be found. All calls block.
extension ClipFolder {
  /// The fingerprint of the file that the clips here were cut from; nil where there is no set.
  package var fingerprint: String? { ManifestListing(in: path)?.fingerprint }

  /// Whether this is the folder of clips that belong to an episode's file at a path, by its name and its place.
  package func isHome(ofEpisode episode: FilePath, layout: ClipLayout) -> Bool {
    guard isOnShelf(ofEpisode: episode, layout: layout), let own = path.lastComponent?.string else {
      return false
    }
    let name = Self.name(forEpisode: episode)
    guard own != name else { return true }
    guard own.hasPrefix(name + " ") else { return false }
    // Letters of a fingerprint, of this file or of the one before it.
    let rest = own.dropFirst(name.count + 1)
    return rest.count >= 6 && rest.count <= 6 + Self.mostNames
      && rest.allSatisfy { ("a"..."p").contains($0) }
  }

  /// Whether it lies where the clips of an episode's file at a path lie, whatever its name.
  package func isOnShelf(ofEpisode episode: FilePath, layout: ClipLayout) -> Bool {
    path.removingLastComponent() == Self.shelf(forEpisode: episode, layout)
  }

  /// The set of an episode's clips that somebody has put where its file is now.
  /// - Parameters:
  ///   - fingerprints: of the files that they may have been cut from.
  ///   - former: the folder that they had.
  package static func find(
    forEpisode episode: FilePath, layout: ClipLayout, fingerprints: Set<String>, former: FilePath
  ) -> ClipFolder? {
    let shelf = shelf(forEpisode: episode, layout)
    let name = name(forEpisode: episode)
    let names =
      [former.lastComponent?.string, name].compactMap { $0 }
      + fingerprints.sorted().map { "\(name) \(letters(of: $0))" }
    return names.map { ClipFolder(at: shelf.appending($0)) }.first { folder in
      folder.path != former && folder.fingerprint.map(fingerprints.contains) == true
    }
  }

  /// A folder for clips of an episode's file at a path that nothing is at, the same at every try.
  /// - Parameter own: the folder that they have; that it is in the way of itself does not count.
  static func freeHome(
    forEpisode episode: FilePath, layout: ClipLayout, fingerprint: String, besides own: FilePath
  ) -> FilePath? {
    let shelf = shelf(forEpisode: episode, layout)
    let name = name(forEpisode: episode)
    // Names that differ in case alone are one name to SMB and exFAT.
    let taken = Set(
      ((try? Files.names(in: shelf)) ?? []).filter { shelf.appending($0) != own }
        .map { $0.string.lowercased() })
    let names = (0...mostNames).map { number in
      number == 0
        ? name
        : "\(name) \(letters(of: fingerprint))" + String(repeating: "b", count: number - 1)
    }
    return names.first { !taken.contains($0.lowercased()) }.map { shelf.appending($0) }
  }

  private static let mostNames = 20

  private static func shelf(forEpisode episode: FilePath, _ layout: ClipLayout) -> FilePath {
    switch layout {
    case .beside, .extras: shelf(in: episode.removingLastComponent())
    case .root(let folder): shelf(in: folder)
    }
  }

  private static func name(forEpisode episode: FilePath) -> String {
    LettersOnlyName.folder(forStem: episode.stem ?? "episode")
  }
}
