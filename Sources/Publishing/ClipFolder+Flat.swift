import SystemPackage

// Files that lie in `Shorts/` itself, beside the folder of all episodes' folders: the reel, and in the layout `extras` the
// clips. All calls block.
extension ClipFolder {
  static let flatName: FilePath.Component = "flat"

  /// Where they are made.
  package var flatFolder: FilePath { workFolder.appending(Self.flatName) }

  /// Where they come to lie.
  var flatHome: FilePath { path.removingLastComponent().removingLastComponent() }

  /// What the manifest calls such a file.
  package static func flatReference(_ name: String) -> String { "../../\(name)" }

  /// A beginning for the names of flat files that no file of anybody else has, the same at every try: what the files of
  /// an earlier set begin with, where there are some.
  /// - Parameters:
  ///   - fingerprint: the episode's.
  ///   - holdsClips: whether clips are flat, too, not the reel alone.
  package func flatStem(fingerprint: String, holdsClips: Bool = true) -> String {
    let own = ownFlatFiles(namedIn: path)
    let stems = (0...Self.mostStems).map { flatStem($0, fingerprint) }
    if let former = stems.last(where: { stem in own.contains { Self.is($0.string, of: stem) } }) {
      return former
    }
    let names = ((try? Files.names(in: flatHome)) ?? []).map(\.string)
    return stems.first { stem in
      !names.contains { name in
        Self.is(
          name.lowercased(), of: stem.lowercased(), endings: holdsClips ? [".", " - "] : ["."])
      }
    } ?? stems[0]
  }

  static let mostStems = 20

  /// The folder's name, then with letters of the fingerprint, then with more letters.
  func flatStem(_ position: Int, _ fingerprint: String) -> String {
    let name = path.lastComponent?.string ?? "episode"
    guard position > 0 else { return name }
    return "\(name) \(Self.letters(of: fingerprint))" + String(repeating: "b", count: position - 1)
  }

  static func `is`(
    _ name: String, of stem: String, endings: [String] = [".", " - "]
  ) -> Bool {
    endings.contains { name.hasPrefix(stem + $0) }
  }

  /// The flat files that a manifest names, as far as their names are such as this folder's are. People edit manifests:
  /// nothing else is ever moved or removed for one.
  func ownFlatFiles(namedIn folder: FilePath) -> Set<FilePath.Component> {
    guard let listing = ManifestListing(in: folder) else { return [] }
    let stems = (0...Self.mostStems).map { flatStem($0, listing.fingerprint ?? "") }
    return listing.flat.filter { name in stems.contains { Self.is(name.string, of: $0) } }
  }

  /// - Throws: `Errno.fileExists` where a file of somebody else has come to lie in a flat file's place.
  func expectFlatNamesFree() throws {
    let flat = workFolder.appending(Self.flatName)
    guard Files.isFolder(flat) else { return }
    let own = ownFlatFiles(namedIn: path)
    for name in try Files.names(in: flat) where !own.contains(name) {
      guard Files.facts(of: flatHome.appending(name)) == nil else { throw Errno.fileExists }
    }
  }

  /// Removes what was begun of a reel.
  package func discardReel(stem: String) throws(PublishingError) {
    do {
      for ending in ["mp4", "mkv"] {
        try Files.removeFile(flatFolder.appending("\(stem).\(ending)"))
      }
    } catch {
      throw PublishingError("removing an unfinished reel", at: path, error)
    }
  }

  /// Gives the flat files in an episode's folder, or in its work folder, their final places.
  func placeFlatFiles(of folder: FilePath) throws {
    let flat = folder.appending(Self.flatName)
    guard Files.isFolder(flat) else { return }
    let names = try Files.names(in: flat)
    for name in names { try Files.rename(flat.appending(name), flatHome.appending(name)) }
    try Files.removeFolder(flat)
    if !names.isEmpty { try Files.sync(flatHome) }
  }
}
