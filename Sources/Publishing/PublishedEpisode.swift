import SystemPackage

/// An episode's clips as its folder shows them: what pages and decks are made of.
package struct PublishedEpisode: Sendable {
  package let folder: ClipFolder
  /// Without the batches, which hold every answer: those of a season would be most of what is in memory.
  package let manifest: Manifest

  /// Nil where no manifest can be read. Blocks.
  package init?(in folder: ClipFolder) {
    guard
      let bytes = try? Files.read(folder.path.appending(Manifest.fileName), limit: 16 << 20),
      var manifest = try? ManifestCoding.decode(bytes)
    else { return nil }
    manifest.batches = nil
    self.folder = folder
    self.manifest = manifest
  }

  /// All episodes with clips in a folder `langflix`, in the order of their files' names. Blocks.
  package static func all(in shelf: FilePath) -> [PublishedEpisode] {
    ((try? Files.names(in: shelf)) ?? []).filter { !$0.string.hasPrefix(".") }
      .compactMap { PublishedEpisode(in: ClipFolder(at: shelf.appending($0))) }
      .sorted { $0.order < $1.order }
  }

  private var order: (String, String) { (manifest.episode.file, folder.path.string) }

  /// Every folder `langflix` below another, following no symbolic link. Blocks, for as long as a look at every folder
  /// takes.
  package static func shelves(below root: FilePath) -> [FilePath] {
    var shelves: [FilePath] = []
    var left = [root]
    while let folder = left.popLast() {
      let shelf = ClipFolder.shelf(in: folder)
      if Files.isFolder(shelf) { shelves.append(shelf) }
      left += ((try? Files.folders(in: folder)) ?? []).map(folder.appending)
        .filter { $0.lastComponent?.string != "Shorts" }
    }
    return shelves.sorted { $0.string < $1.string }
  }

  /// The folder that the episode lies in, or that stands for it in the layout `root`.
  package var season: FilePath {
    folder.path.removingLastComponent().removingLastComponent().removingLastComponent()
  }

  /// A file that the manifest names; nil for a name that leads elsewhere, and where it is no ordinary file. Blocks.
  package func file(named name: String) -> FilePath? {
    folder.file(named: name).flatMap { Files.isOrdinary($0) ? $0 : nil }
  }
}
