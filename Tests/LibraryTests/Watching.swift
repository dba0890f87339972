import Library
import Logging
import Settings
import SystemPackage

/// A running watcher over one folder.
struct Watching: Sendable {
  let watcher: LibraryWatcher
  let folder: TestFolder
  let memory: MemoryRecorder

  /// Waits until a whole scan has passed that began after this call; a first one may have been
  /// under way already.
  func scan() async throws {
    for _ in 0..<2 {
      let before = memory.scans
      watcher.scanSoon()
      try await memory.wait { $0.count { $0.isScanned } > before }
    }
  }

  /// Drops a file and waits until it is offered: what could be offered before it has been by then.
  func settleEverything() async throws {
    let names = Set(memory.episodes)
    let marker = (1...).lazy.map { FilePath("zz Marker \($0).mkv") }
      .first { !names.contains(folder[$0]) }
    guard let marker else { return }
    try folder.write(marker)
    try await memory.episode(folder[marker])
  }

  /// Runs a watcher while `body` runs, from the end of its first scan on unless told otherwise.
  static func run(
    _ folder: TestFolder, memory: MemoryRecorder = .init(), settings: LibrarySettings? = nil,
    settle: Duration = .milliseconds(50), scanInterval: Duration = .seconds(1_800),
    poll: Duration = .seconds(60), hooks: WatchHooks = .init(), waitsForScan: Bool = true,
    body: (Watching) async throws -> Void
  ) async throws {
    let watcher = LibraryWatcher(
      libraries: [settings ?? LibrarySettings(name: "tv", root: folder.path)],
      watch: WatchSettings(settle: settle, scanInterval: scanInterval, pollInterval: poll),
      memory: memory,
      logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), hooks: hooks)
    let running = Task { try await watcher.run() }
    do {
      if waitsForScan { try await memory.wait { $0.contains { $0.isScanned } } }
      try await body(Watching(watcher: watcher, folder: folder, memory: memory))
    } catch {
      running.cancel()
      _ = await running.result
      throw error
    }
    running.cancel()
    try await running.value
  }
}
