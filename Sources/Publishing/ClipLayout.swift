import SystemPackage

/// Where the clips of an episode lie.
package enum ClipLayout: Sendable, Hashable {
  /// In a folder of their own beside the episode; media servers see the reel alone.
  case beside
  /// Flat in `Shorts/`, where media servers show each as an extra.
  case extras
  /// As `beside`, under a folder that stands in for the episode's own.
  case root(FilePath)
}
