import Library
import Synchronization
import SystemPackage

/// A library memory that holds everything in memory, as the store does in its tables, and keeps
/// what it was told.
final class MemoryRecorder: LibraryMemory {
  private struct State {
    var known: [FilePath: ObservedFile] = [:]
    var hasBacklog = false
    var accepted: [LibraryEvent] = []
    var refused: [LibraryEvent] = []
    var asked = 0
    var offers = 0
    var listeners: [AsyncStream<Void>.Continuation] = []
  }

  private let state = Mutex(State())
  private let refuses: @Sendable (LibraryEvent) -> Bool

  /// - Parameter refuses: called on the watcher's thread for each event, before it is taken.
  init(refuses: @escaping @Sendable (LibraryEvent) -> Bool = { _ in false }) {
    self.refuses = refuses
  }

  func isFirstScan(of library: String) -> Bool { state.withLock { !$0.hasBacklog } }

  func unknown(among files: [ObservedFile], in library: String) -> [ObservedFile] {
    state.withLock { state in
      state.asked += files.count
      return files.filter { file in
        let known = state.known[file.path]
        return known?.sizeBytes != file.sizeBytes || known?.modified != file.modified
      }
    }
  }

  func knownPaths(in library: String) -> [FilePath] { state.withLock { Array($0.known.keys) } }

  func accept(_ event: LibraryEvent) -> Bool {
    let refused = refuses(event)
    let listeners = state.withLock { state in
      if refused {
        state.refused.append(event)
      } else {
        Self.record(event, &state)
        state.accepted.append(event)
      }
      return state.listeners
    }
    for listener in listeners { listener.yield() }
    return !refused
  }

  func accept(_ events: [LibraryEvent]) -> Int {
    state.withLock { $0.offers += 1 }
    return events.firstIndex { !accept($0) } ?? events.count
  }

  private static func record(_ event: LibraryEvent, _ state: inout State) {
    switch event {
    case .backlog(_, _, let leftAlone):
      state.hasBacklog = true
      for file in leftAlone { state.known[file.path] = file }
    case .episode(_, let file), .subtitles(_, let file): state.known[file.path] = file
    case .vanished(_, let path): state.known[path] = nil
    case .watching, .scanned, .trouble: break
    }
  }

  // MARK: - For tests

  var events: [LibraryEvent] { state.withLock { $0.accepted } }
  var refusals: [LibraryEvent] { state.withLock { $0.refused } }
  /// The paths offered as episodes, in order, one for each offer.
  var episodes: [FilePath] { events.compactMap(\.episode?.path) }
  var subtitles: [FilePath] { events.compactMap(\.subtitles?.path) }
  var vanished: [FilePath] { events.compactMap(\.vanished) }
  var scans: Int { events.count { $0.isScanned } }
  /// How often settled files were offered, any number at once.
  var offers: Int { state.withLock { $0.offers } }
  var filesAskedFor: Int { state.withLock { $0.asked } }

  /// Waits until the events so far are as wished; a test's time limit ends the wait.
  func wait(until isReached: ([LibraryEvent]) -> Bool) async throws {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    state.withLock { $0.listeners.append(continuation) }
    continuation.yield()
    for await _ in stream where isReached(events) { return }
    throw CancellationError()
  }

  /// Waits until a file was offered as an episode, and says what was offered at first.
  @discardableResult
  func episode(_ path: FilePath) async throws -> ObservedFile? {
    try await wait { $0.contains { $0.episode?.path == path } }
    return events.compactMap(\.episode).first { $0.path == path }
  }

  /// Waits until it was told that nothing is at a path any more.
  func loss(_ path: FilePath) async throws {
    try await wait { $0.contains { $0.vanished == path } }
  }

  func trouble(_ kind: LibraryTrouble.Kind) async throws -> LibraryTrouble? {
    try await wait { $0.contains { $0.trouble?.kind == kind } }
    return events.compactMap(\.trouble).first { $0.kind == kind }
  }
}

extension LibraryEvent {
  var episode: ObservedFile? { if case .episode(_, let file) = self { file } else { nil } }
  var subtitles: ObservedFile? { if case .subtitles(_, let file) = self { file } else { nil } }
  var vanished: FilePath? { if case .vanished(_, let path) = self { path } else { nil } }
  var trouble: LibraryTrouble? { if case .trouble(_, let trouble) = self { trouble } else { nil } }
  var isScanned: Bool { if case .scanned = self { true } else { false } }
  var scannedFiles: Int? { if case .scanned(_, let files, _, _) = self { files } else { nil } }
  var watchedFolders: Int? { if case .watching(_, let folders) = self { folders } else { nil } }
  var backlog: (taken: [ObservedFile], leftAlone: [ObservedFile])? {
    if case .backlog(_, let taken, let leftAlone) = self { (taken, leftAlone) } else { nil }
  }
}
