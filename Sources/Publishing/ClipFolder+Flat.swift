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

  /// A beginning for the names of flat files that no file of anybody else has: the same at every try.
  /// - Parameter fingerprint: the episode's.
  package func flatStem(fingerprint: String) -> String {
    let stem = path.lastComponent?.string ?? "episode"
    let own = ManifestListing(in: path)?.flat ?? []
    let names = (try? Files.names(in: flatHome)) ?? []
    let isTaken = names.contains { name in
      let text = name.string.lowercased()
      let isAlike =
        text.hasPrefix("\(stem.lowercased()).") || text.hasPrefix("\(stem.lowercased()) - ")
      return isAlike && !own.contains(name)
    }
    return isTaken ? "\(stem) \(Self.letters(of: fingerprint))" : stem
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
