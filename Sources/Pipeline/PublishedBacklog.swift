import Library
import Publishing
import Settings
import SystemPackage

/// Backlog whose clips lie beside it already: a store that is not there any more has made them.
struct PublishedBacklog: Sendable {
  let settings: LangflixSettings

  /// Those of a library's files that have the size of an episode whose clips lie beside them. Blocks.
  func files(of library: String, among files: [ObservedFile]) -> [FilePath] {
    Dictionary(grouping: files) { $0.path.removingLastComponent() }.values.flatMap { files in
      guard let first = files.first else { return [FilePath]() }
      let sizes = ClipFolder.publishedSizes(
        besideEpisode: first.path,
        layout: settings.clipLayout(ofEpisodeAt: first.path, library: library))
      return files.filter { sizes.contains($0.sizeBytes) }.map(\.path)
    }
  }
}
