import Foundation
import Library
import Logging
import Settings
import Store
import Synchronization
import SystemPackage

/// Between the watcher's thread and the store: what the watcher asks is read, what it tells becomes a row.
final class LibraryBridge: LibraryMemory {
  /// How one library is.
  struct Health: Sendable {
    var isWatched = false
    var folders = 0
    /// How long the last scan took.
    var lastScan: Duration?
    /// By message, so that a trouble that comes again is shown once.
    var troubles: [String: LibraryTrouble] = [:]
    /// What is worth knowing and in order, by message.
    var notes: [String: LibraryTrouble] = [:]

    var isTroubled: Bool { !troubles.isEmpty }
  }

  private let store: EpisodeStore
  private let doorbell: Doorbell
  private let logger: Logger
  private let health: Mutex<[String: Health]>
  /// Which of these files have their clips beside them, by all that can be told without opening them. Blocks.
  private let published: @Sendable (_ library: String, _ files: [ObservedFile]) -> [FilePath]
  /// Called after each event that was recorded.
  private let onChange: @Sendable () -> Void
  /// Called when the store could not be written.
  private let onFailure: @Sendable (any Error) -> Void

  init(
    libraries: [LibrarySettings], store: EpisodeStore, doorbell: Doorbell, logger: Logger,
    published: @escaping @Sendable (_ library: String, _ files: [ObservedFile]) -> [FilePath] = {
      _, _ in []
    },
    onChange: @escaping @Sendable () -> Void,
    onFailure: @escaping @Sendable (any Error) -> Void = { _ in }
  ) {
    self.store = store
    self.doorbell = doorbell
    self.logger = logger
    self.published = published
    self.onChange = onChange
    self.onFailure = onFailure
    health = Mutex(Dictionary(uniqueKeysWithValues: libraries.map { ($0.name, Health()) }))
  }

  /// From now on these are the libraries; what is known of one at the same place stays.
  func follow(_ libraries: [LibrarySettings], before former: [LibrarySettings]) {
    let roots = Dictionary(former.map { ($0.name, $0.root) }, uniquingKeysWith: { $1 })
    health.withLock { health in
      let known = health.filter { name, _ in
        libraries.contains { $0.name == name && $0.root == roots[name] }
      }
      health = Dictionary(
        uniqueKeysWithValues: libraries.map { ($0.name, known[$0.name] ?? Health()) })
    }
  }

  func health(of library: String) -> Health {
    health.withLock { $0[library] ?? Health() }
  }

  /// True once every library is watched, or has told why it can't be.
  var isSettled: Bool {
    health.withLock { $0.values.allSatisfy { $0.isWatched || !$0.troubles.isEmpty } }
  }

  // MARK: - LibraryMemory, on the watcher's thread

  func isFirstScan(of library: String) -> Bool {
    // When the store can't say, what is there must not be taken for news: backlog that is recorded twice stays one.
    (try? store.isFirstScan(of: library)) ?? true
  }

  func unknown(among files: [ObservedFile], in library: String) -> [ObservedFile] {
    do {
      let unknown = Set(try store.unknown(among: files.map(FileStamp.init)).map(\.path))
      return files.filter { unknown.contains($0.path) }
    } catch {
      logger.error("the store can't be read", metadata: ["reason": "\(error)"])
      return files
    }
  }

  func knownPaths(in library: String) -> [FilePath] {
    (try? store.knownPaths(in: library)) ?? []
  }

  func accept(_ event: LibraryEvent) -> Bool {
    do {
      try record(event)
      onChange()
      return true
    } catch {
      return refuse(error)
    }
  }

  func accept(_ events: [LibraryEvent]) -> Int {
    var taken = 0
    while taken < events.count {
      let library = events[taken].newEpisode?.library
      let run = events[taken...].prefix {
        $0.newEpisode != nil && $0.newEpisode?.library == library
      }
      // One file alone goes the way that it always goes.
      guard let library, run.count > 1 else {
        guard accept(events[taken]) else { break }
        taken += 1
        continue
      }
      guard acceptTogether(run.compactMap(\.newEpisode?.file), library) else { break }
      taken += run.count
    }
    return taken
  }

  /// A burst of files, each of which would take a transaction of its own, in one.
  private func acceptTogether(_ found: [ObservedFile], _ library: String) -> Bool {
    do {
      let news = try found.filter { try !isRenamed($0) }.map(FileStamp.init)
      let taken = try store.recordEpisodeFiles(
        news, library: library, origin: .news, now: Date.now.timeIntervalSince1970)
      for (new, id) in zip(news, taken) where id != nil { tell(of: new.path, library) }
      doorbell.ring()
      onChange()
      return true
    } catch {
      return refuse(error)
    }
  }

  /// Whether a file is backlog that was left alone, under another name; if so, that is recorded.
  private func isRenamed(_ file: ObservedFile) throws -> Bool {
    guard let old = try store.leftAloneTwin(of: .init(file)), FilePresence.of(old) == .gone else {
      return false
    }
    try store.recordRename(from: old, to: file.path)
    return true
  }

  private func tell(of path: FilePath, _ library: String) {
    logger.notice("episode found", metadata: ["library": "\(library)", "path": "\(path)"])
  }

  private func refuse(_ error: any Error) -> Bool {
    logger.error(
      "the store can't be written; the event is offered again",
      metadata: ["reason": "\(error)"])
    onFailure(error)
    return false
  }

  private func record(_ event: LibraryEvent) throws {
    let now = Date.now.timeIntervalSince1970
    switch event {
    case .watching(let library, let folders):
      health.withLock {
        $0[library]?.isWatched = true
        $0[library]?.folders = folders
        $0[library]?.troubles = [:]
        $0[library]?.notes = [:]
      }
      logger.info("library watched", metadata: ["library": "\(library)", "folders": "\(folders)"])
    case .backlog(let library, let taken, let leftAlone):
      try store.recordBacklog(
        library: library, taken: taken.map(FileStamp.init),
        leftAlone: leftAlone.map(FileStamp.init),
        now: now)
      if !taken.isEmpty || !leftAlone.isEmpty {
        logger.notice(
          "first scan",
          metadata: [
            "library": "\(library)", "taken": "\(taken.count)", "left_alone": "\(leftAlone.count)",
          ])
      }
      let adopted = try store.takeForAdoption(published(library, leftAlone), now: now)
      if adopted > 0 {
        logger.notice(
          "episodes with clips beside them are looked at",
          metadata: ["library": "\(library)", "episodes": "\(adopted)"])
        doorbell.ring()
      }
    case .episode(let library, let file):
      if try isRenamed(file) { return }
      if try store.recordEpisodeFile(.init(file), library: library, origin: .news, now: now) != nil
      {
        tell(of: file.path, library)
      }
      // Its clips may have to follow, or a place that was empty is filled again.
      doorbell.ring()
    case .subtitles(let library, let file):
      let woken = try store.recordSidecar(
        .init(file), library: library, near: EpisodeFiles.episodeFolders(ofSubtitles: file.path),
        now: now)
      if !woken.isEmpty {
        logger.notice("subtitles found", metadata: ["path": "\(file.path)"])
        doorbell.ring()
      }
    case .vanished(let library, let path):
      try store.recordVanished(path)
      doorbell.ring()
      logger.info("file gone", metadata: ["library": "\(library)", "path": "\(path)"])
    case .scanned(let library, let files, let folders, let duration):
      health.withLock {
        $0[library]?.folders = folders
        $0[library]?.lastScan = duration
        // A scan finds what an overflow lost.
        let standing = ($0[library]?.troubles ?? [:]).filter { $1.kind != .overflow }
        $0[library]?.troubles = standing
      }
      logger.debug(
        "library scanned",
        metadata: [
          "library": "\(library)", "files": "\(files)", "folders": "\(folders)",
          "seconds": "\(duration.seconds)",
        ])
    case .trouble(let library, let note) where note.isNote:
      health.withLock { $0[library]?.notes[note.message] = note }
      logger.notice(
        "library note",
        metadata: ["library": "\(library)", "note": "\(note.message)", "hint": "\(note.mend)"])
    case .trouble(let library, let trouble):
      health.withLock {
        $0[library]?.troubles[trouble.message] = trouble
        if trouble.isFatal { $0[library]?.isWatched = false }
      }
      logger.warning(
        "library trouble",
        metadata: [
          "library": "\(library)", "trouble": "\(trouble.message)", "mend": "\(trouble.mend)",
        ])
    }
  }
}

extension LibraryEvent {
  fileprivate var newEpisode: (library: String, file: ObservedFile)? {
    if case .episode(let library, let file) = self { (library, file) } else { nil }
  }
}

extension FileStamp {
  init(_ file: ObservedFile) {
    self.init(path: file.path, sizeBytes: file.sizeBytes, modified: file.modified)
  }
}
