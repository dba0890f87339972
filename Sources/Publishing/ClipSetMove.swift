import Expressions
import Foundation
import SystemPackage

/// A published set on its way to another folder: the folder itself, and its files in `Shorts/`.
///
/// Each step may have been done already, by a run that was killed. What is no set of this episode's is never
/// overwritten, removed or moved. All calls block.
package struct ClipSetMove: Sendable, Hashable {
  package let from: FilePath
  package let to: FilePath
  /// What the manifest calls files beside the folder, before and after.
  package let files: [String: String]

  package init(from: FilePath, to: FilePath, files: [String: String]) {
    self.from = from
    self.to = to
    self.files = files
  }

  /// What became of a move.
  package enum Outcome: Sendable, Hashable {
    case done
    /// The set is in neither folder.
    case gone
    /// Something else has the new name by now; nothing was done.
    case nameTaken
  }

  /// Plans the way of a set to where an episode's file is now, under names that are free.
  /// - Returns: nil where no name is free.
  package init?(
    of folder: ClipFolder, toEpisode episode: FilePath, layout: ClipLayout, fingerprint: String
  ) {
    let home = ClipFolder.freeHome(
      forEpisode: episode, layout: layout, fingerprint: fingerprint, besides: folder.path)
    guard let home, home != folder.path else { return nil }
    from = folder.path
    to = home
    files = folder.flatNames(in: ClipFolder(at: home), fingerprint: fingerprint)
  }

  /// - Parameters:
  ///   - fingerprints: of the files that the set may have been cut from.
  ///   - episode: the episode's file, which the manifest is to name.
  ///   - base: what must be there already, such as the episode's folder.
  package func perform(
    fingerprints: Set<String>, episode: FilePath, within base: FilePath
  ) throws(PublishingError) -> Outcome {
    do {
      let (source, target) = (ClipFolder(at: from), ClipFolder(at: to))
      let isOurs = { (folder: ClipFolder) in
        folder.fingerprint.map(fingerprints.contains) == true
      }
      let hasArrived = isOurs(target)
      if !hasArrived {
        guard isOurs(source) else { return .gone }
        guard Files.facts(of: to) == nil else { return .nameTaken }
        try source.settle()
        try target.makeShelf(within: base)
        try send()
      } else {
        try target.makeShelf(within: base)
      }
      for (old, new) in files.sorted(by: { $0.key < $1.key }) {
        guard let old = ManifestListing.flat(old), let new = ManifestListing.flat(new) else {
          continue
        }
        try Files.transfer(source.flatHome.appending(old), to: target.flatHome.appending(new))
      }
      try target.rewriteManifest(files, episode: episode)
      // A copy on another file system is whole by now.
      if isOurs(source) { try source.removeCopied(to: target) }
      try source.tidyShelf()
      return .done
    } catch {
      throw PublishingError("moving the clips to \(to)", at: from, error)
    }
  }

  /// Gives the folder its new place, by one rename or, on another file system, by a copy that is whole before it has
  /// its name.
  private func send() throws {
    do {
      try Files.renameToFree(from, to)
    } catch Errno.improperLink {
      let work = ClipFolder(at: to).workFolder
      try Files.removeTree(work)
      try Files.copyTree(from, to: work)
      try Files.syncTree(work)
      try Files.renameToFree(work, to)
    }
    try Files.sync(to.removingLastComponent())
    try Files.sync(from.removingLastComponent())
  }
}

extension ClipFolder {
  /// Ends what a killed run has left in a published folder and beside it.
  func settle() throws {
    try clearRetired()
    try placeFlatFiles(of: path)
    try Files.removeTree(workFolder)
  }

  /// What the set's flat files are to be called beside another folder.
  fileprivate func flatNames(in home: ClipFolder, fingerprint: String) -> [String: String] {
    let own = ownFlatFiles(namedIn: path)
    guard !own.isEmpty else { return [:] }
    let former = (0...Self.mostStems).map { flatStem($0, self.fingerprint ?? "") }
    let inTheWay = Set(
      ((try? Files.names(in: home.flatHome)) ?? [])
        .filter { home.flatHome != flatHome || !own.contains($0) }.map { $0.string.lowercased() })
    let stems = (0...Self.mostStems).map { home.flatStem($0, fingerprint) }
    for stem in stems {
      var names: [String: String] = [:]
      for name in own {
        let old = former.filter { Self.is(name.string, of: $0) }.max { $0.count < $1.count }
        names[name.string] = stem + name.string.dropFirst(old?.count ?? name.string.count)
      }
      guard names.values.allSatisfy({ !inTheWay.contains($0.lowercased()) }) else { continue }
      return Dictionary(
        uniqueKeysWithValues: names.map {
          (Self.flatReference($0.key), Self.flatReference($0.value))
        })
    }
    return [:]
  }

  /// Has the manifest name the file of the episode that the clips were cut from, where it names none of its places.
  /// - Returns: whether it was changed.
  package func nameEpisode(
    oneOf paths: [FilePath], fingerprint: String
  ) throws(PublishingError) -> Bool {
    guard let first = paths.first, let listing = ManifestListing(in: path),
      listing.fingerprint == fingerprint,
      !paths.contains(where: { $0.lastComponent?.string == listing.episodeFile })
    else { return false }
    do {
      try rewriteManifest([:], episode: first)
      return true
    } catch {
      throw PublishingError("renaming the episode in the manifest", at: path, error)
    }
  }

  /// Has the manifest name the episode's file and the flat files as they are called now; people's own additions stay.
  fileprivate func rewriteManifest(_ files: [String: String], episode: FilePath) throws {
    let file = path.appending(Manifest.fileName)
    let text = try Files.read(file, limit: 16 << 20)
    guard case .object(var root) = try JSONDecoder().decode(JSONValue.self, from: Data(text)) else {
      return
    }
    root = root.mapValues { $0.replacing(files) }
    if case .object(var source)? = root["episode"] {
      source["name"] = .string(episode.stem ?? "")
      source["file"] = .string(episode.lastComponent?.string ?? "")
      root["episode"] = .object(source)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let new = String(decoding: try encoder.encode(JSONValue.object(root)), as: UTF8.self) + "\n"
    guard Array(new.utf8) != text else { return }
    let draft = path.appending(".\(Manifest.fileName).new")
    try Files.removeFile(draft)
    try Files.create(new, at: draft)
    try Files.sync(draft)
    try Files.rename(draft, file)
    try Files.sync(path)
  }

  /// Removes what is whole in another folder too; the manifest, by which the set is known, last.
  fileprivate func removeCopied(to home: ClipFolder) throws {
    try removeCopied(path, to: home.path)
    try Files.removeFile(path.appending(Manifest.fileName))
    try? Files.removeFolder(path)
  }

  private func removeCopied(_ folder: FilePath, to home: FilePath) throws {
    for name in try Files.names(in: folder) where name.string != Manifest.fileName {
      let (old, new) = (folder.appending(name), home.appending(name))
      if Files.isFolder(old) {
        try removeCopied(old, to: new)
        try? Files.removeFolder(old)
      } else if let size = Files.facts(of: new)?.st_size, size == Files.facts(of: old)?.st_size {
        try Files.removeFile(old)
      }
    }
  }

  /// Removes the folders around a set that is gone from there, where nothing is left in them but markers.
  package func tidy() throws(PublishingError) {
    do { try tidyShelf() } catch {
      throw PublishingError("removing what is left around the clips", at: path, error)
    }
  }

  func tidyShelf() throws {
    let shelf = path.removingLastComponent()
    guard var names = try? Files.names(in: shelf) else { return }
    let markers = Set(Self.markers.map(\.0))
    if GalleryShelf.hasOurPage(in: shelf) { names.removeAll { $0.string == GalleryPage.fileName } }
    guard names.allSatisfy(markers.contains) else { return }
    if GalleryShelf.hasOurPage(in: shelf) {
      try Files.removeFile(shelf.appending(GalleryPage.fileName))
    }
    for (marker, content) in Self.markers where names.contains(marker) {
      let file = shelf.appending(marker)
      guard (try? Files.read(file, limit: 1_024)) == Array(content.utf8) else { return }
      try Files.removeFile(file)
    }
    try? Files.removeFolder(shelf)
    // Refused while it holds anything, such as a reel.
    try? Files.removeFolder(flatHome)
  }
}
