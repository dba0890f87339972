import Foundation
import Settings
import SystemPackage

/// Finds folders that lie in each other where they must not.
///
/// Links are followed as far as the folders exist, because two names of one folder overlap as well.
struct FolderOverlaps {
  /// Folders of langflix's own, by their keys.
  private let ownFolders: [(key: String, folder: FilePath)]
  private let libraries: [(settings: LibrarySettings, root: FilePath)]

  init(_ settings: LangflixSettings) {
    let clips = settings.clip.layout == .root ? settings.clip.rootFolder : nil
    ownFolders =
      [("state_folder", Self.resolved(settings.stateFolder))]
      + (clips.map { [("clip.root_folder", Self.resolved($0))] } ?? [])
    libraries = settings.libraries.map { ($0, Self.resolved($0.root)) }
  }

  /// - Parameter origin: gives the place where a key was set.
  func problems(_ origin: (String) -> String) -> [String] {
    var problems: [String] = []
    for (index, inner) in libraries.enumerated() {
      let key = "libraries.\(inner.settings.name).path"
      let shown = ShownText.quoted(inner.settings.root.string)
      for (otherIndex, outer) in libraries.enumerated() where index != otherIndex {
        let otherKey = "libraries.\(outer.settings.name).path"
        let place = "\(ShownText.quoted(outer.settings.root.string)) (\(origin(otherKey)))"
        if inner.root == outer.root {
          guard index > otherIndex else { continue }
          problems.append(
            """
            \(origin(key)): \(key): \(shown) is also the folder of \(otherKey), \(place); \
            keep one library for it
            """
          )
        } else if inner.root.starts(with: outer.root) {
          problems.append(
            """
            \(origin(key)): \(key): \(shown) lies in the folder of \(otherKey), \(place); \
            give folders that lie beside each other
            """
          )
        }
      }
    }
    for (own, folder) in ownFolders {
      guard let outer = libraries.first(where: { folder.starts(with: $0.root) }) else { continue }
      let key = "libraries.\(outer.settings.name).path"
      problems.append(
        """
        \(origin(own)): \(own): it lies in the folder of \(key), \
        \(ShownText.quoted(outer.settings.root.string)) (\(origin(key))); \
        give a folder outside of every library
        """
      )
    }
    return problems
  }

  private static func resolved(_ path: FilePath) -> FilePath {
    var existing = path
    var rest = FilePath()
    while true {
      if let real = realpath(existing.string, nil) {
        defer { free(real) }
        return FilePath(platformString: real).pushing(rest)
      }
      guard let last = existing.lastComponent else { return path }
      existing.removeLastComponent()
      rest = FilePath(root: nil, [last]).pushing(rest)
    }
  }
}
