import Dashboard
import Publishing
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

  func gallery(of id: Int64, folder: String?, csrfToken: String?) async throws -> GallerySheet? {
    nil
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
