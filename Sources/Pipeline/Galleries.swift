import Foundation
import Logging
import Publishing
import Settings
import Store
import SystemPackage

/// Keeps the pages of clips up to date: after each episode, and after what people do with clips. Never fails: a page that
/// can't be written is told, and tried again at the next look.
actor Galleries {
  private let store: EpisodeStore
  private var libraries: [LibrarySettings]
  private let isWanted: Bool
  /// A queue of its own: reading a season's manifests holds nobody up.
  private let disk = BlockingQueue(label: "langflix.gallery")
  private let logger: Logger
  private var shelves: Set<GalleryShelf> = []
  /// How each folder was when its pages were found to fit.
  private var stamps: [GalleryShelf: GalleryShelf.Stamp] = [:]

  init(store: EpisodeStore, libraries: [LibrarySettings], isWanted: Bool, logger: Logger) {
    self.store = store
    self.libraries = libraries
    self.isWanted = isWanted
    self.logger = logger
  }

  /// From now on these are the libraries.
  func follow(_ libraries: [LibrarySettings]) { self.libraries = libraries }

  /// Brings one folder's pages up to date.
  func update(_ shelf: GalleryShelf) async {
    shelves.insert(shelf)
    do {
      let (written, stamp) = try await disk.run { [isWanted] in
        let stamp = shelf.stamp
        return (try shelf.update(isWanted: isWanted), stamp)
      }
      // What changed while they were written shows at the next look.
      stamps[shelf] = written == 0 ? stamp : nil
      guard written > 0 else { return }
      logger.debug(
        "pages brought up to date",
        metadata: ["folder": "\(shelf.path)", "pages": "\(written)"])
    } catch {
      stamps[shelf] = nil
      logger.warning(
        "pages not brought up to date; tried again later",
        metadata: ["folder": "\(shelf.path)", "reason": "\(error)"])
    }
  }

  /// Looks at every folder of clips whether its pages still fit.
  func look() async {
    do {
      let published = try await store.publishedFolders(inLibraries: libraries.map(\.name))
      let found = Set(published.map { ClipFolder(at: $0.folder).gallery })
      for shelf in shelves.union(found) {
        guard !Task.isCancelled else { return }
        let stamp = try await disk.run { shelf.stamp }
        guard stamps[shelf] != stamp else { continue }
        await update(shelf)
      }
    } catch {
      logger.warning("pages were not looked at", metadata: ["reason": "\(error)"])
    }
  }
}
