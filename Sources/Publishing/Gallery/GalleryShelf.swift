import Glibc
import SystemPackage

/// The pages of one `langflix/` folder: its own, of all episodes, and one beside each episode's clips.
///
/// They are made of the manifests that lie there, and nothing is written where nothing changed. A file `index.html`
/// that langflix did not write stays as it is. All calls block.
package struct GalleryShelf: Sendable, Hashable {
  /// `…/Shorts/langflix`.
  package let path: FilePath

  package init(at path: FilePath) { self.path = path }

  /// Episodes that are shown on the page of all; the others are linked. Some keep a thousand in one folder.
  private static let shownEpisodes = 60
  private static let manifestLimit = 16 << 20

  /// Brings the pages up to date.
  /// - Parameter isWanted: false removes langflix's own pages.
  /// - Returns: how many were written or removed.
  @discardableResult
  package func update(isWanted: Bool = true) throws(PublishingError) -> Int {
    do {
      let episodes = try episodes()
      guard isWanted, !episodes.isEmpty else {
        return try (episodes.map { path.appending($0.name) } + [path]).count { try remove(in: $0) }
      }
      let newest = Set(
        episodes.sorted { ($0.changed, $1.name.string) > ($1.changed, $0.name.string) }
          .prefix(Self.shownEpisodes).map(\.name))
      var written = 0
      var shown: [GalleryData.Episode] = []
      var others: [GalleryData.Link] = []
      for episode in episodes {
        let folder = path.appending(episode.name)
        let isShown = newest.contains(episode.name)
        guard isShown || !isCurrent(folder) else {
          others.append(
            .init(title: episode.name.string, href: GalleryLink.page(in: episode.name)))
          continue
        }
        guard
          let bytes = try? Files.read(
            folder.appending(Manifest.fileName), limit: Self.manifestLimit),
          let manifest = GalleryManifest(bytes)
        else { continue }
        guard manifest.groups?.contains(where: { $0.value?.state != "failed" }) == true else {
          // There is nothing to show but that it was asked.
          if try remove(in: folder) { written += 1 }
          continue
        }
        let page = try GalleryPage.episode(manifest)
        if try write(page, in: folder) { written += 1 }
        if isShown {
          shown.append(.init(manifest, in: episode.name))
        } else {
          others.append(
            .init(title: episode.name.string, href: GalleryLink.page(in: episode.name)))
        }
      }
      guard !shown.isEmpty || !others.isEmpty else {
        return try remove(in: path) ? written + 1 : written
      }
      shown.sort { NaturalOrder.areInOrder($0.title, $1.title) }
      let page = try GalleryPage.render(
        GalleryData(kind: .season, title: title, episodes: shown, others: others))
      return try write(page, in: path) ? written + 1 : written
    } catch {
      throw PublishingError("writing the pages", at: path, error)
    }
  }

  private struct EpisodeFolder {
    var name: FilePath.Component
    /// When its manifest was written, in nanoseconds.
    var changed: Int64
  }

  /// Folders with a manifest, by name.
  private func episodes() throws -> [EpisodeFolder] {
    guard Files.isFolder(path) else { return [] }
    return try Files.names(in: path).filter { !$0.string.hasPrefix(".") }.compactMap { name in
      guard Files.isFolder(path.appending(name)),
        let facts = Files.facts(of: path.appending(name).appending(Manifest.fileName)),
        facts.st_mode & S_IFMT == S_IFREG
      else { return nil }
      return EpisodeFolder(name: name, changed: Self.nanoseconds(facts.st_mtim))
    }.sorted { $0.name.string < $1.name.string }
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The folder that the episodes are in, with the one above where it is a season.
  private var title: String {
    let home = path.removingLastComponent().removingLastComponent()
    let name = home.lastComponent?.string ?? ""
    guard let series = home.removingLastComponent().lastComponent?.string,
      name.lowercased().contains(
        /^(season|series|staffel|saison|temporada|시즌|specials?|s)[ ._-]*[0-9]*$/)
    else { return name }
    return "\(series) · \(name)"
  }

  // MARK: - Changes

  /// When what the pages are made of, and the pages, were changed last: equal ones say that nothing is to be done.
  package struct Stamp: Sendable, Equatable {
    fileprivate var files: [String: [Int64]]
  }

  package var stamp: Stamp {
    let folders = [path] + ((try? episodes()) ?? []).map { path.appending($0.name) }
    var files: [String: [Int64]] = [:]
    for folder in folders {
      for name in [Manifest.fileName, GalleryPage.fileName] {
        let file = folder.appending(name)
        files[file.string] = Files.facts(of: file).map {
          [Self.nanoseconds($0.st_mtim), Int64($0.st_ino), Int64($0.st_size)]
        }
      }
    }
    return Stamp(files: files)
  }

  // MARK: - Files

  private func isCurrent(_ folder: FilePath) -> Bool {
    Self.head(of: folder).map(GalleryPage.isCurrent) ?? false
  }

  /// Whether langflix wrote the page in a folder, in whatever version.
  static func hasOurPage(in folder: FilePath) -> Bool {
    head(of: folder).map(GalleryPage.isOurs) ?? false
  }

  /// How the page in a folder begins; nil for what is no ordinary file.
  private static func head(of folder: FilePath) -> [UInt8]? {
    let file = folder.appending(GalleryPage.fileName)
    guard !Files.isLink(file) else { return nil }
    return try? Files.head(of: file, count: GalleryPage.headLength)
  }

  private static func holds(_ bytes: [UInt8], _ page: String) -> Bool {
    var page = page
    return page.withUTF8 { text in
      guard text.count == bytes.count, let base = text.baseAddress else { return false }
      return memcmp(bytes, base, text.count) == 0
    }
  }

  private func remove(in folder: FilePath) throws -> Bool {
    guard Self.hasOurPage(in: folder) else { return false }
    try Files.removeFile(folder.appending(GalleryPage.fileName))
    return true
  }

  /// In one step; nothing is written where it is so already, or where somebody else's file is.
  private func write(_ page: String, in folder: FilePath) throws -> Bool {
    let file = folder.appending(GalleryPage.fileName)
    let temporary = folder.appending(".\(GalleryPage.fileName).langflix")
    // Of a run that was killed.
    try Files.removeFile(temporary)
    if Files.facts(of: file) != nil {
      guard Self.hasOurPage(in: folder) else { return false }
      if (try? Files.read(file, limit: page.utf8.count)).map({ Self.holds($0, page) }) == true {
        return false
      }
    }
    do {
      try Files.create(page, at: temporary)
      if let model = Files.facts(of: folder) {
        // What is refused was told for the clips.
        _ = ClipFolder.follow(model, temporary, in: folder)
      }
      try Files.sync(temporary)
      try Files.rename(temporary, file)
    } catch {
      try? Files.removeFile(temporary)
      throw error
    }
    try Files.sync(folder)
    return true
  }
}
