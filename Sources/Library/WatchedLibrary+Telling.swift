import SystemPackage

// What is handed to the memory, and offered again until it is accepted.
extension WatchedLibrary {
  func tell(_ event: LibraryEvent) {
    outbox.append(event)
  }

  /// Hands over what waits, in its order; the first refusal ends it for now.
  func deliver(now: Instant) {
    guard (nextDelivery ?? now) <= now else { return }
    nextDelivery = nil
    var accepted = 0
    for event in outbox {
      guard !signals.isStopped, memory.accept(event) else {
        nextDelivery = now + times.offerRetry
        break
      }
      accepted += 1
      if case .backlog(_, let taken, _) = event {
        firstScan = nil
        for file in taken { tracker.note(file.path, now: now) }
      }
    }
    outbox.removeFirst(accepted)
  }

  func lookAtCandidates(now: Instant) {
    var settled: [ObservedFile] = []
    for path in tracker.due(now: now, limit: Self.looksPerSlice) {
      let file = EpisodeFiles.observe(path)
      switch tracker.look(at: path, saw: file, now: now) {
      case .waiting: break
      case .gone: unfinished.remove(path)
      case .settled:
        guard let file else { break }
        if let later = unfinishedUntil(file, now: now) {
          tracker.postpone(path, until: later)
        } else {
          settled.append(file)
        }
      }
    }
    guard !settled.isEmpty else { return }
    let unknown = Set(memory.unknown(among: settled, in: name))
    // A season that came at once is taken in its order.
    let news = unknown.sorted { $0.path.precedes($1.path) }
    let taken = signals.isStopped ? 0 : memory.accept(news.map(offer))
    for file in settled where !unknown.contains(file) { drop(file) }
    for file in news.prefix(taken) {
      drop(file)
      laterLooks.took(file, now: now)
    }
    for file in news.dropFirst(taken) {
      tracker.postpone(file.path, until: now + times.offerRetry)
    }
  }

  private func drop(_ file: ObservedFile) {
    tracker.remove(file.path)
    unfinished.remove(file.path)
  }

  /// When to look again at a settled video that is not whole yet; nil when it is to be taken.
  private func unfinishedUntil(_ file: ObservedFile, now: Instant) -> Instant? {
    guard EpisodeNames.kindOrExtra(of: file.path) == .episode, FileHoles.areIn(file.path) else {
      return nil
    }
    return unfinished.nextLook(at: file, now: now)
  }

  /// Looks at what was taken a while ago: it settles anew when it has changed since.
  func lookAgain(now: Instant) {
    for path in laterLooks.due(now: now, limit: Self.looksPerSlice) {
      if laterLooks.saw(EpisodeFiles.observe(path), at: path, now: now) {
        tracker.note(path, now: now)
      }
    }
  }

  func checkVanished(now: Instant) {
    // A backlog has to be recorded before its files can be missed.
    guard outbox.isEmpty, firstScan == nil else { return }
    let later = now + times.vanishDelay
    if tracker.count > 0, vanishing.postpone(now: now, until: later) { return }
    let paths = vanishing.next(Self.vanishLooksPerSlice, now: now) {
      memory.knownPaths(in: name).filter { $0.starts(with: root) }
    }
    guard let paths else { return }
    let gone = vanishing.saw(absent: paths.filter(\.isAbsent), now: now, lookAgain: later)
    // Looked at last: a root that is unmounted meanwhile takes no file with it.
    guard !gone.isEmpty, isRootInPlace else { return }
    for path in gone where !isAway(path) { tell(.vanished(library: name, path)) }
    deliver(now: now)
  }

  private func offer(_ file: ObservedFile) -> LibraryEvent {
    EpisodeNames.kindOrExtra(of: file.path) == .subtitles
      ? .subtitles(library: name, file) : .episode(library: name, file)
  }

  /// Whether the root is the folder that was scanned, with something in it: an empty one is most
  /// often a mount point.
  private var isRootInPlace: Bool {
    do throws(Errno) {
      var folder = try OpenFolder(root)
      guard folders.identity(of: root) == folder.identity else { return false }
      return try folder.next() != nil
    } catch {
      return false
    }
  }

  private static var looksPerSlice: Int { 512 }
  private static var vanishLooksPerSlice: Int { 256 }
}
