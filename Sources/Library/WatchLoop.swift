import Glibc
import Logging
import Settings
import SystemPackage

/// The watcher's thread: waits for events, signals and times, and lets each library do a slice of
/// its work.
///
/// Slices are short, so that a long scan neither starves the events nor delays a stop.
final class WatchLoop {
  private let libraries: [WatchedLibrary]
  private let signals: WatchSignals
  private let hooks: WatchHooks
  private let mounts: MountTable?
  private let clock = ContinuousClock()

  init(
    libraries: [LibrarySettings], roots: Set<FilePath>, watch: WatchSettings,
    memory: any LibraryMemory, logger: Logger, hooks: WatchHooks, signals: WatchSignals
  ) {
    let now = clock.now
    self.libraries = libraries.map { library in
      WatchedLibrary(
        library, otherRoots: roots, watch: watch, memory: memory,
        logger: logger, hooks: hooks, signals: signals, now: now)
    }
    self.signals = signals
    self.hooks = hooks
    mounts = MountTable()
    for library in self.libraries {
      library.readAllEvents = { [unowned self] in
        for library in self.libraries { library.readEvents(now: self.clock.now) }
      }
    }
  }

  func run() {
    while !signals.isStopped {
      if signals.takeScanWish() {
        for library in libraries { library.requestScan(at: clock.now) }
      }
      signals.answerAskers()
      for library in libraries where !signals.isStopped {
        // Read in each round, also when the next slice is due already: the kernel's queue is
        // bounded.
        let now = clock.now
        library.readEvents(now: now)
        library.advance(now: now)
      }
      guard !signals.isStopped else { return }
      wait(until: libraries.compactMap(\.nextDue).min())
    }
  }

  private func wait(until due: ContinuousClock.Instant?) {
    let left = due.map { max(.zero, $0 - clock.now) }
    hooks.willWait(left)
    var polls = ([signals.receiver] + libraries.compactMap(\.eventDescriptor)).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    if let mounts {
      polls.append(pollfd(fd: mounts.descriptor, events: Int16(POLLPRI), revents: 0))
    }
    // An interrupted wait is a short one.
    let ready = poll(&polls, nfds_t(polls.count), Self.pollTimeout(left))
    if ready > 0, let mounts, let last = polls.last, last.revents != 0 {
      let changes = mounts.changes()
      for library in libraries { library.mountsChanged(changes, now: clock.now) }
    }
  }

  /// Rounded up: a millisecond too early would mean a round for nothing.
  static func pollTimeout(_ left: Duration?) -> Int32 {
    guard let left else { return -1 }
    let (seconds, attoseconds) = left.components
    guard seconds < 86_400 else { return 86_400_000 }
    return Int32(seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
