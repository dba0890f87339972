import Dashboard
import Expressions
import Publishing
import Settings
import Store
import SystemPackage

extension DashboardDesk {
  func file(of id: Int64, at place: MediaPlace) async throws -> PublishedFile? {
    guard let record = try await store.overview(of: id)?.record, let own = record.folder
    else { return nil }
    switch place {
    case .flat(let name):
      let reference = ClipFolder.flatReference(name)
      if try await isPublished(reference, in: own) {
        return PublishedFile(folder: own, name: reference)
      }
      // The page of all episodes shows those of the others too.
      let others = try await store.folders(ofClip: reference, library: record.library)
      let folder = others.first {
        $0.removingLastComponent() == own.removingLastComponent()
      }
      return folder.map { PublishedFile(folder: $0, name: reference) }
    case .inside(let folder, let name):
      guard let home = try await self.folder(folder, beside: record),
        try await isPublished(name, in: home)
      else { return nil }
      return PublishedFile(folder: home, name: name)
    }
  }

  /// An episode's page is made of its manifest, whichever version wrote the one that lies there; that of all episodes is
  /// served where it is of this version.
  func gallery(of id: Int64, folder: String?, csrfToken: String?) async throws -> GallerySheet? {
    guard let record = try await store.overview(of: id)?.record, let own = record.folder
    else { return nil }
    let home: FilePath
    if let folder {
      guard let other = try await self.folder(folder, beside: record) else { return nil }
      home = other
    } else {
      home = own.removingLastComponent()
    }
    let isEpisode = folder != nil
    let page = try await workshop.steps.disk.run { () -> String? in
      let name = isEpisode ? Manifest.fileName : GalleryPage.fileName
      guard let text = GalleryPage.text(of: home.appending(name)) else { return nil }
      return try isEpisode ? GalleryPage.episode(manifest: text) : text
    }
    guard let page else { return nil }
    let api = csrfToken == nil ? "" : "/api/v1/libraries/\(record.library)"
    let known = csrfToken == nil ? [] : await known(among: page, library: record.library)
    guard
      let html = GalleryPage.served(page, api: api, csrfToken: csrfToken ?? "", known: known)
    else { return nil }
    return GallerySheet(html: html, contentSecurityPolicy: GalleryPage.contentSecurityPolicy)
  }

  /// Which of a page's expressions are in the library's list; none where it can't be read, which the next episode tells.
  private func known(among page: String, library: String) async -> [String] {
    guard let root = workshop.settings.libraries.first(where: { $0.name == library })?.root,
      let keys = try? await workshop.steps.disk.run({ try KnownFile.read(libraryRoot: root).keys }),
      !keys.isEmpty
    else { return [] }
    return GalleryPage.forms(in: page).filter { keys.contains(PhraseKey($0)) }.sorted()
  }

  /// A folder of clips that an episode of the same library has, by its name.
  private func folder(_ name: String, beside record: EpisodeRecord) async throws -> FilePath? {
    guard let own = record.folder else { return nil }
    if own.lastComponent?.string == name { return own }
    guard let component = FilePath.Component(name), component.kind == .regular else { return nil }
    let folder = own.removingLastComponent().appending(component)
    let other = try await store.episode(withClipsIn: folder)
    return other?.library == record.library ? folder : nil
  }

  private func isPublished(_ name: String, in folder: FilePath) async throws -> Bool {
    try await workshop.steps.disk.run { PublishedNames.all(in: folder).contains(name) }
  }
}
