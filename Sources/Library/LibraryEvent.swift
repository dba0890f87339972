import SystemPackage

/// What the watcher tells. For each library the events come in order, one after another.
package enum LibraryEvent: Sendable {
  /// Every folder was listed once since it is watched. It comes after the first scan, when the root
  /// came back, and when something was mended; troubles that still stand are told again right after
  /// it.
  case watching(library: String, folders: Int)
  /// The episodes that a library's first scan found; comes once in a library's life.
  case backlog(library: String, taken: [ObservedFile], leftAlone: [ObservedFile])
  /// A settled video that the memory said is new or changed.
  case episode(library: String, ObservedFile)
  /// A settled subtitle file that the memory said is new or changed.
  case subtitles(library: String, ObservedFile)
  /// A known path at which there is nothing any more.
  case vanished(library: String, FilePath)
  /// A full scan ended: the videos and subtitle files that it saw, and the folders.
  case scanned(library: String, files: Int, folders: Int, duration: Duration)
  case trouble(library: String, LibraryTrouble)
}
