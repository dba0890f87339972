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
  private let clock = ContinuousClock()

  init(
    libraries: [LibrarySettings], watch: WatchSettings, memory: any LibraryMemory, logger: Logger,
    hooks: WatchHooks, signals: WatchSignals
  ) {
    let now = clock.now
    self.libraries = libraries.map { library in
      WatchedLibrary(
        library, otherRoots: Set(libraries.map(\.root)), watch: watch, memory: memory,
        logger: logger, hooks: hooks, signals: signals, now: now)
    }
    self.signals = signals
    self.hooks = hooks
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
    // An interrupted wait is a short one.
    _ = poll(&polls, nfds_t(polls.count), Self.pollTimeout(left))
  }

  /// Rounded up: a millisecond too early would mean a round for nothing.
  static func pollTimeout(_ left: Duration?) -> Int32 {
    guard let left else { return -1 }
    let (seconds, attoseconds) = left.components
    guard seconds < 86_400 else { return 86_400_000 }
    return Int32(seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
