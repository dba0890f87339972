import SystemPackage

// A set that goes with its episode. All calls block.
extension ClipFolder {
  /// Removes a published set: what its manifest names, here and in `Shorts/`. Files of anybody else stay, and with them
  /// their folder. Nothing happens where there is no set of these files; a removal that was cut short goes on.
  /// - Parameter fingerprints: of the files that the set may have been cut from.
  package func removeSet(fingerprints: Set<String>) throws(PublishingError) {
    do {
      if fingerprint.map(fingerprints.contains) == true {
        try settle()
        for name in ownFlatFiles(namedIn: path) { try Files.removeFile(flatHome.appending(name)) }
        let manifest = path.appending(Manifest.fileName)
        for file in Self.ownFiles(in: path) where file != manifest {
          let folder = file.removingLastComponent()
          if folder != path, Files.isLink(folder) { continue }
          try Files.removeFile(file)
        }
        for name in try Files.names(in: path) where Files.isFolder(path.appending(name)) {
          // Refused while it holds a file of somebody.
          try? Files.removeFolder(path.appending(name))
        }
        // By it the set is known, so it goes last.
        try Files.removeFile(manifest)
        try? Files.removeFolder(path)
      }
      try tidyShelf()
    } catch {
      throw PublishingError("removing the clips", at: path, error)
    }
  }
}
