import Expressions
import Library
import Logging
import Publishing
import Settings
import Store
import SystemPackage

// Clips follow their episode's file. Nothing is asked and nothing is cut for it.
extension EpisodeSteps {
  /// Brings an episode's clips to where its file is, or finds out what became of either.
  ///
  /// Beside no other step that writes clips. What a kill has cut short is ended first.
  /// - Returns: the episode as it is known afterwards.
  @discardableResult
  func place(_ episode: EpisodeRecord) async throws -> EpisodeRecord {
    var episode = episode
    let whereabouts = try await store.whereabouts(of: episode.id)
    let present = try await present(whereabouts)
    if let move = try await store.move(of: episode.id) {
      // The store may know a place that nobody has missed yet, after a kill for instance.
      try await resume(move, of: episode, to: present.first?.path ?? episode.knownPath)
      episode = try await store.episode(episode.id)
    }
    if let library = present.first?.library,
      !present.contains(where: { $0.library == episode.library })
    {
      try await store.recordLibrary(library, of: episode.id)
      episode.library = library
    }
    guard let folder = episode.folder.map(ClipFolder.init(at:)) else {
      if !present.isEmpty { try await store.recordUncut(of: episode.id, now: Self.now) }
      return try await store.episode(episode.id)
    }
    let (sight, found) = try await look(at: folder, of: episode, present)
    let policy = settings.libraries.first { $0.name == episode.library }?.onDelete ?? .keep
    switch Placement(sight, wasLost: whereabouts.areClipsLost, onDelete: policy) {
    case .stays: try await rename(folder, of: episode, present)
    case .found:
      guard let found else { break }
      try await take(found, of: episode)
      // Its file may have been renamed besides.
      if let path = present.first?.path,
        !(found.isHome(ofEpisode: path, layout: layout(of: episode, path)))
      {
        try await follow(found, of: episode, to: path)
      }
    case .follows:
      if let path = present.first?.path { try await follow(folder, of: episode, to: path) }
    case .isLost:
      try await freshen([folder])
      try await store.recordClipsLost(of: episode.id, now: Self.now)
    case .isCutAnew:
      try await freshen([folder])
      logger.notice("the clips went with their folder; they are cut again")
      try await store.recordClipsRemoved(of: episode.id)
      try await store.recordUncut(of: episode.id, now: Self.now)
    case .wasDeleted:
      try await freshen([folder])
      let count = try await store.recordFolderDeleted(
        of: episode.id, reason: Self.deleted(episode.id), now: Self.now)
      if count > 0 {
        logger.notice("clips deleted by hand, they stay so", metadata: ["clips": "\(count)"])
      }
    case .isRemoved: try await remove(folder, of: episode, whereabouts)
    }
    return try await store.episode(episode.id)
  }

  static func deleted(_ id: Int64) -> String {
    "the folder of its clips was deleted, so they stay deleted; to have them made again: langflix restore \(id)"
  }

  /// The places where the file is on the disk, too.
  /// - Throws: `StepFailure` when that can't be told now.
  private func present(_ whereabouts: Whereabouts) async throws -> [Whereabouts.Location] {
    let roots = Dictionary(
      settings.libraries.map { ($0.name, $0.root) }, uniquingKeysWith: { first, _ in first })
    let presences = try await disk.run {
      whereabouts.present.map { FilePresence.of($0.path, inLibrary: roots[$0.library]) }
    }
    let located = Array(zip(whereabouts.present, presences))
    let there = located.filter { $0.1 == .there }.map(\.0)
    guard there.isEmpty, located.contains(where: { $0.1 == .unknown }) else { return there }
    throw StepFailure(.wait(.seconds(60)), "the file can't be reached; is its share mounted?")
  }

  /// The fingerprints of the files that an episode's clips may have been cut from.
  func fingerprints(of episode: EpisodeRecord) -> Set<String> {
    Set([episode.fingerprint, episode.formerFingerprint].compactMap(\.self))
  }

  private func look(
    at folder: ClipFolder, of episode: EpisodeRecord, _ present: [Whereabouts.Location]
  ) async throws -> (Placement.Sight, ClipFolder?) {
    let fingerprints = fingerprints(of: episode)
    let places = present.map { ($0.path, layout(of: episode, $0.path)) }
    // Clips below a root of their own may be on a share that is away.
    let clipRoot = settings.clip.rootFolder.flatMap { folder.path.starts(with: $0) ? $0 : nil }
    let seen = try await disk.run { () -> (Placement.Sight, ClipFolder?)? in
      let state: Placement.Sight.Folder
      switch FilePresence.of(folder.path, inLibrary: clipRoot) {
      case .unknown: return nil
      case .gone: state = .absent
      case .there:
        // A person may have deleted the manifest alone: the folder that the row names is trusted.
        state = folder.fingerprint.map(fingerprints.contains) ?? true ? .ours : .foreign
      }
      var sight = Placement.Sight(isFileThere: !places.isEmpty, folder: state)
      sight.isHome = places.contains { folder.isHome(ofEpisode: $0.0, layout: $0.1) }
      sight.isOnShelf = places.contains { folder.isOnShelf(ofEpisode: $0.0, layout: $0.1) }
      var found: ClipFolder?
      if state != .ours {
        found =
          places.lazy.compactMap {
            ClipFolder.find(
              forEpisode: $0.0, layout: $0.1, fingerprints: fingerprints, former: folder.path)
          }.first
      }
      sight.isFoundElsewhere = found != nil
      return (sight, found)
    }
    guard let seen else {
      throw StepFailure(.wait(.seconds(60)), "\(folder.path) can't be reached")
    }
    return seen
  }

  /// Takes over a set that somebody has moved.
  private func take(_ found: ClipFolder, of episode: EpisodeRecord) async throws {
    let clips = try await store.clips(of: episode.id)
    let files = clips.compactMap(\.file)
    let missing = try await disk.run {
      found.discard()
      return found.missing(among: files)
    }
    // Nobody else knows of the folder that it was in.
    try await freshen([found] + [episode.folder].compactMap { $0 }.map(ClipFolder.init(at:)))
    try await store.recordFound(
      in: found.path, present: files.filter { !missing.contains($0) }, of: episode.id)
    logger.notice(
      "clips found beside their episode's new place", metadata: ["folder": "\(found.path)"])
  }

  /// Brings what lies around sets that have come or gone up to date: pages, decks, folders with nothing left in them. Before
  /// the row that ends the change, so that a kill in between has it done again, but for `rename`.
  private func freshen(_ folders: [ClipFolder]) async throws {
    var shelves: Set<FilePath> = []
    for folder in folders where shelves.insert(folder.path.removingLastComponent()).inserted {
      await galleries.update(folder.gallery)
      await decks.update(besides: folder, logger: logger)
      try await disk.run { try folder.tidy() }
    }
  }

  // MARK: - Moving

  /// Has the manifest of a set that stays name its episode's file as it is called now: not every other name of a file
  /// makes another name of the folder.
  ///
  /// It has no row of its own. After a kill before the deck is written the manifest is right already, and the deck follows
  /// at the next start, for it is older; pages follow by themselves.
  private func rename(
    _ folder: ClipFolder, of episode: EpisodeRecord, _ present: [Whereabouts.Location]
  ) async throws {
    guard let fingerprint = episode.fingerprint, !present.isEmpty else { return }
    let isRenamed = try await disk.run {
      try folder.nameEpisode(oneOf: present.map(\.path), fingerprint: fingerprint)
    }
    guard isRenamed else { return }
    try await freshen([folder])
    logger.info("the manifest names the file anew", metadata: ["folder": "\(folder.path)"])
  }

  private func follow(_ folder: ClipFolder, of episode: EpisodeRecord, to path: FilePath)
    async throws
  {
    let layout = layout(of: episode, path)
    // A few tries: a name that was free may be taken by the time it is used.
    for _ in 0..<3 {
      let planned = try await disk.run {
        ClipSetMove(
          of: folder, toEpisode: path, layout: layout, fingerprint: episode.fingerprint ?? "")
      }
      guard let planned else {
        throw StepFailure(
          .wait(.seconds(300)),
          "the clips in \(folder.path) can't follow their episode: every name for them is taken beside \(path)"
        )
      }
      let move = ClipMove(from: planned.from, to: planned.to, files: planned.files)
      try await store.beginMove(move, of: episode.id)
      if try await perform(move, of: episode, to: path) { return }
    }
  }

  private func resume(
    _ move: ClipMove, of episode: EpisodeRecord, to path: FilePath?
  ) async throws {
    guard let path else { return try await store.abandonMove(of: episode.id) }
    logger.notice("a move of clips that was cut short goes on", metadata: ["to": "\(move.to)"])
    _ = try await perform(move, of: episode, to: path)
  }

  /// - Returns: false when the new name was taken, and nothing was done.
  private func perform(
    _ move: ClipMove, of episode: EpisodeRecord, to path: FilePath
  ) async throws -> Bool {
    let fingerprints = fingerprints(of: episode)
    let base = base(of: layout(of: episode, path), path)
    let outcome = try await disk.run {
      try ClipSetMove(from: move.from, to: move.to, files: move.files).perform(
        fingerprints: fingerprints, episode: path, within: base)
    }
    switch outcome {
    case .done:
      try await freshen([move.to, move.from].map(ClipFolder.init(at:)))
      try await store.completeMove(move, of: episode.id)
      logger.notice("clips moved with their episode", metadata: ["folder": "\(move.to)"])
      return true
    case .gone:
      // Somebody has moved or deleted it since; the next look tells.
      try await store.abandonMove(of: episode.id)
      return true
    case .nameTaken:
      try await store.abandonMove(of: episode.id)
      return false
    }
  }

  /// What must be there before anything is written for an episode's file.
  func base(of layout: ClipLayout, _ path: FilePath) -> FilePath {
    switch layout {
    case .beside, .extras: path.removingLastComponent()
    // Made where it is missing, as any of its folders.
    case .root: "/"
    }
  }

  // MARK: - Gone

  /// Whether a person deleted the folder of an episode's clips, and there is none to be made.
  func isDeletedWhole(_ clips: [ClipRecord], of episode: EpisodeRecord) async throws -> Bool {
    guard let folder = episode.folder, clips.contains(where: { $0.goneAt != nil }),
      !clips.contains(where: { $0.state == .pending })
    else { return false }
    let clipRoot = settings.clip.rootFolder.flatMap { folder.starts(with: $0) ? $0 : nil }
    return try await disk.run { FilePresence.of(folder, inLibrary: clipRoot) == .gone }
  }

  /// Removes the clips of a file that is gone, unless it may still turn up under another name.
  private func remove(
    _ folder: ClipFolder, of episode: EpisodeRecord, _ whereabouts: Whereabouts
  ) async throws {
    let due =
      (whereabouts.goneAt ?? Self.now) + Self.graceInSettleTimes * settings.watch.settle.seconds
    guard due <= Self.now, !whereabouts.isSoughtFor else {
      throw StepFailure(
        .wait(.seconds(max(0.2, due - Self.now))), "its file may turn up under another name")
    }
    let fingerprints = fingerprints(of: episode)
    try await disk.run { try folder.removeSet(fingerprints: fingerprints) }
    try await freshen([folder])
    try await store.recordClipsRemoved(of: episode.id)
    logger.notice("clips removed with their episode", metadata: ["folder": "\(folder.path)"])
  }

  /// A rename is seen as a loss and an arrival, which takes its time to settle.
  private static let graceInSettleTimes = 6.0
}
