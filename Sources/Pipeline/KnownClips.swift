import Expressions
import Foundation
import Library
import Logging
import Publishing
import ServiceLifecycle
import Settings
import Store
import SystemPackage

/// Makes what people move into the folders `known` part of the learner's list.
///
/// A clip in `known/` beside the others says that its expressions are known: they are added to `known.txt` in the
/// library's root, once, and the clip's subtitles follow it.
actor KnownClips {
  private let store: EpisodeStore
  private let libraries: [LibrarySettings]
  private let disk: BlockingQueue
  private let logger: Logger
  private var lastLook: ContinuousClock.Instant?

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

  /// Looks into every folder of published clips, unless that was done a moment ago. Never fails: what can't be read or
  /// written is told, and tried again the next time.
  func look(unlessDoneWithin pace: Duration = pace) async {
    let now = ContinuousClock.now
    if let lastLook, now - lastLook < pace { return }
    lastLook = now
    do {
      let published = try await store.publishedClips(inLibraries: libraries.map(\.name))
      for (episode, library, folder) in published {
        let names = try await disk.run { ClipFolder.knownFiles(in: folder) }
        guard !names.isEmpty, let root = libraries.first(where: { $0.name == library })?.root
        else { continue }
        try await mark(Set(names), of: episode, in: folder, root: root)
      }
    } catch {
      logger.warning("known clips were not read", metadata: ["reason": "\(error)"])
    }
  }

  private func mark(
    _ names: Set<String>, of episode: Int64, in folder: FilePath, root: FilePath
  ) async throws {
    for clip in try await store.clips(of: episode) {
      guard clip.knownAt == nil, let file = clip.file, names.contains(file) else { continue }
      let phrases = clip.group.expressions.map(\.dictionaryForm)
      let subtitles = Self.subtitles(of: clip)
      try await disk.run {
        try KnownFile.edit(libraryRoot: root) { KnownPhrases.adding(phrases, to: $0).text }
        try ClipFolder.followIntoKnown(subtitles, in: folder)
      }
      try await store.recordKnown(clip: clip.group.id, of: episode, now: EpisodeSteps.now)
      logger.notice(
        "expressions known",
        metadata: ["clip": "\(file)", "phrases": "\(phrases.joined(separator: ", "))"])
    }
  }

  private static func subtitles(of clip: ClipRecord) -> [String] {
    let facts = clip.facts.flatMap {
      try? JSONDecoder().decode(Manifest.Clip.self, from: Data($0.utf8))
    }
    return facts?.texts ?? []
  }
}

/// Looks for known clips at the pace of the libraries' scans, until a graceful shutdown.
struct KnownClipsService: Service {
  let clips: KnownClips
  let interval: Duration

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown {
        while true {
          await clips.look()
          try await Task.sleep(for: interval)
        }
      }
    } catch is CancellationError {
      // Stopped, as wanted.
    }
  }
}
