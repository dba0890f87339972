import Expressions
import Foundation
import Library
import Logging
import Publishing
import ServiceLifecycle
import Settings
import Store
import SystemPackage

/// Sees what people do with published clips.
///
/// A clip in `known/` beside the others says that its expressions are known: they are added to `known.txt` in the
/// library's root, once, and the clip's subtitles follow it. A clip that was deleted stays so. Either way what depends on
/// the set, its reel, is to be made anew.
actor KnownClips {
  private let store: EpisodeStore
  private var libraries: [LibrarySettings]
  private let disk: BlockingQueue
  private let logger: Logger
  private var lastLook: ContinuousClock.Instant?
  /// How the folders were when they were looked at last.
  private var stamps: [Place: ClipFolder.Stamp] = [:]
  /// Folders that are gone, and that this was told of.
  private var judged: Set<Place> = []

  private struct Place: Hashable {
    var episode: Int64
    var folder: FilePath
  }

  /// Before each choice it is looked again, but not more often.
  private static let pace = Duration.seconds(30)

  init(
    store: EpisodeStore, libraries: [LibrarySettings], disk: BlockingQueue, logger: Logger
  ) {
    self.store = store
    self.libraries = libraries
    self.disk = disk
    self.logger = logger
  }

  /// From now on these are the libraries.
  func follow(_ libraries: [LibrarySettings]) { self.libraries = libraries }

  /// Looks into every folder of published clips, unless that was done a moment ago. Never fails: what can't be read or
  /// written is told, and tried again the next time.
  /// - Returns: whether a set of clips was changed by a person.
  @discardableResult
  func look(unlessDoneWithin pace: Duration = pace) async -> Bool {
    let now = ContinuousClock.now
    if let lastLook, now - lastLook < pace { return false }
    lastLook = now
    var hasChanges = false
    do {
      let published = try await store.publishedFolders(inLibraries: libraries.map(\.name))
      let places = Set(published.map { Place(episode: $0.episode, folder: $0.folder) })
      stamps = stamps.filter { places.contains($0.key) }
      for (episode, library, fingerprint, folder) in published {
        guard let root = libraries.first(where: { $0.name == library })?.root else { continue }
        let place = Place(episode: episode, folder: folder)
        let seen = stamps[place]
        let (stamp, isAbsent) = try await disk.run { () -> (ClipFolder.Stamp?, Bool) in
          let home = ClipFolder(at: folder)
          // Its manifest is long, and read only where something has happened.
          let stamp = home.stamp
          let isOwn = stamp == seen || !home.isAnothers(than: fingerprint)
          return (isOwn ? stamp : nil, FilePresence.of(folder, inLibrary: root) == .gone)
        }
        // Whether a person deleted it, or it has moved, is seen beside the episode's file.
        if isAbsent, stamps[place] != nil || !judged.contains(place) {
          judged.insert(place)
          try await store.postponePlacing(episode, until: EpisodeSteps.now)
          hasChanges = true
        }
        if stamp == nil { stamps[place] = nil }
        // A folder that is not there at all, as on a share that is not mounted, says nothing of its clips.
        guard let stamp else { continue }
        judged.remove(place)
        guard stamps[place] != stamp else { continue }
        do {
          if try await look(into: folder, of: episode, root: root) { hasChanges = true }
          stamps[place] = stamp.isSafe ? stamp : nil
        } catch {
          logger.warning(
            "what was done with clips was not read; tried again later",
            metadata: ["folder": "\(folder)", "reason": "\(error)"])
        }
      }
    } catch {
      logger.warning("known clips were not read", metadata: ["reason": "\(error)"])
    }
    return hasChanges
  }

  private func look(
    into folder: FilePath, of episode: Int64, root: FilePath
  ) async throws -> Bool {
    let home = ClipFolder(at: folder)
    let clips = try await store.clips(of: episode).filter {
      $0.hasFile && $0.knownAt == nil
    }
    let files = clips.compactMap(\.file)
    // In this order, a clip that is moved meanwhile is never taken for a deleted one.
    let seen = try await disk.run { () -> (Set<String>, Set<String>)? in
      let missing = home.missing(among: files)
      // One that was renamed or unmounted meanwhile takes no clip with it.
      guard home.isThere else { return nil }
      return (missing, Set(ClipFolder.knownFiles(in: folder)))
    }
    guard let (missing, known) = seen else { return false }
    var hasChanges = false
    var refusal: (any Error)?
    for clip in clips {
      guard let file = clip.file else { continue }
      let now = EpisodeSteps.now
      switch (missing.contains(file), known.contains(ClipPlace.name(of: file))) {
      case (true, true):
        do {
          try await mark(clip, file, of: episode, in: folder, root: root)
        } catch {
          // A list that can't be written is no reason to overlook the other clips.
          refusal = error
          continue
        }
      case (true, false) where clip.goneAt == nil:
        try await store.recordGone(file, of: episode, in: folder, now: now)
        logger.notice("clip deleted by hand, it stays so", metadata: ["clip": "\(file)"])
      // A clip that was made again is not known for the sake of its older copy.
      case (false, _) where clip.goneAt != nil:
        try await store.recordPutBack(file, of: episode, now: now)
        logger.notice(
          "clip put back, made anew with all that belongs to it", metadata: ["clip": "\(file)"])
      default: continue
      }
      hasChanges = true
    }
    if let refusal { throw refusal }
    return hasChanges
  }

  private func mark(
    _ clip: ClipRecord, _ file: String, of episode: Int64, in folder: FilePath, root: FilePath
  ) async throws {
    let phrases = clip.group.expressions.map(\.dictionaryForm)
    let subtitles = Self.subtitles(of: clip)
    try await disk.run {
      try KnownFile.edit(libraryRoot: root) { KnownPhrases.adding(phrases, to: $0).text }
      try ClipFolder.followIntoKnown(subtitles, in: folder)
    }
    try await store.recordKnown(file, of: episode, now: EpisodeSteps.now)
    logger.notice(
      "expressions known",
      metadata: ["clip": "\(file)", "phrases": "\(phrases.joined(separator: ", "))"])
  }

  private static func subtitles(of clip: ClipRecord) -> [String] {
    let facts = clip.facts.flatMap {
      try? JSONDecoder().decode(Manifest.Clip.self, from: Data($0.utf8))
    }
    return facts?.companions ?? []
  }
}

/// Looks at published clips and their pages at the pace of the libraries' scans, until a graceful shutdown.
struct KnownClipsService: Service {
  let clips: KnownClips
  let galleries: Galleries
  let doorbell: Doorbell
  let live: LiveParts

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown {
        while true {
          if await clips.look() { doorbell.ring() }
          await galleries.look()
          try await Task.sleep(for: live.settings.watch.scanInterval)
        }
      }
    } catch is CancellationError {
      // Stopped, as wanted.
    }
  }
}
