import SystemPackage

/// What the watcher asks and tells. Called on the watcher's own threads, by one at a
/// time; it may block.
package protocol LibraryMemory: Sendable {
  /// True until a backlog event of that library was accepted.
  func isFirstScan(of library: String) -> Bool
  /// Those of `files` that are not recorded with the same path, size and time of change.
  func unknown(among files: [ObservedFile], in library: String) -> [ObservedFile]
  /// The recorded files of a library that are not recorded as gone.
  func knownPaths(in library: String) -> [FilePath]
  /// Takes an event. False when it can't be taken now: it is offered again later, nothing is lost.
  func accept(_ event: LibraryEvent) -> Bool
  /// The same for several in their order, which may be taken together.
  /// - Returns: how many were taken; those after them are offered again later.
  func accept(_ events: [LibraryEvent]) -> Int
}

extension LibraryMemory {
  package func accept(_ events: [LibraryEvent]) -> Int {
    events.firstIndex { !accept($0) } ?? events.count
  }
}
