import SystemPackage

// Clips that were published before anybody knew of them here. All calls block.
extension ClipFolder {
  /// What the manifest says, as far as this version understands it.
  package var manifest: Manifest? {
    guard let bytes = try? Files.read(path.appending(Manifest.fileName), limit: 64 << 20) else {
      return nil
    }
    return try? ManifestCoding.decode(bytes)
  }

  /// The folder among its neighbours that holds an episode's clips, under whatever name it has.
  package func neighbour(publishing fingerprint: String) -> ClipFolder? {
    Self.neighbours(of: path).first { $0.isPublished(fingerprint: fingerprint) }
  }

  /// The sizes of the episodes whose clips are published where a folder's episodes have theirs.
  package static func publishedSizes(besideEpisode episode: FilePath, layout: ClipLayout) -> Set<
    Int64
  > {
    let own = ClipFolder(forEpisode: episode, fingerprint: "", layout: layout)
    return Set(
      neighbours(of: own.path).compactMap { folder in
        // A fingerprint begins with the size.
        ManifestListing(in: folder.path)?.fingerprint?.split(separator: "-").first
          .flatMap { Int64($0) }
      })
  }

  private static func neighbours(of path: FilePath) -> [ClipFolder] {
    let shelf = path.removingLastComponent()
    let names = (try? Files.names(in: shelf)) ?? []
    return names.filter { !$0.string.hasPrefix(".") }.map { ClipFolder(at: shelf.appending($0)) }
  }
}
