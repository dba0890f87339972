import SystemPackage

// The page beside an episode's clips, as part of its set. All calls block.
extension ClipFolder {
  /// Before the work folder's files move in: somebody else's page gives way under another name, and one of ours that has
  /// no successor goes.
  func makeWayForPage() throws {
    let file = path.appending(GalleryPage.fileName)
    guard Files.facts(of: file) != nil else { return }
    let hasNew = Files.facts(of: workFolder.appending(GalleryPage.fileName)) != nil
    if GalleryShelf.hasOurPage(in: path) {
      if !hasNew { try Files.removeFile(file) }
    } else if hasNew {
      try Files.rename(file, Self.freeName(for: file))
    }
  }

  /// The `langflix/` folder that it lies in.
  package var gallery: GalleryShelf { GalleryShelf(at: path.removingLastComponent()) }
}

extension ClipFolder {
  /// Makes the folder of the posters, in the work folder.
  package func makePosterFolder(_ folder: FilePath) throws(PublishingError) {
    do {
      // Not those above it: they may have been renamed since.
      try Files.makeFolderUnlessThere(folder)
    } catch {
      throw PublishingError("making the folder of the posters", at: path, error)
    }
  }

  /// Removes a poster that was begun.
  package func discardPoster(_ file: FilePath) throws(PublishingError) {
    do {
      try Files.removeFile(file)
    } catch {
      throw PublishingError("removing an unfinished poster", at: path, error)
    }
  }
}
