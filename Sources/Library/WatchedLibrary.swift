import Logging
import Settings
import SystemPackage

/// One library as the watcher's thread sees it. Belongs to that thread: nothing here is shared.
///
/// The way of a file: an event or a scan notes its path, the tracker waits until it has settled,
/// the memory says whether it is new, and then it is offered until it is accepted.
final class WatchedLibrary {
  typealias Instant = ContinuousClock.Instant

  /// A full scan that is under way.
  struct FullScan {
    var started: Instant
    var root: FileIdentity
    var files = 0
    var folders = 0
    var troubles: Set<LibraryTrouble> = []
    /// A folder failed in a way that may pass, such as a network share's.
    var isIncomplete = false
    var hasReadLastEvents = false
  }

  let name: String
  let root: FilePath
  let backlogPolicy: BacklogPolicy
  let rules: IgnoreRules
  let otherRoots: Set<FilePath>
  let times: WatchTimes
  let memory: any LibraryMemory
  let logger: Logger
  let hooks: WatchHooks
  let signals: WatchSignals
  let begun: Instant

  var inotify: INotify?
  var folders = FolderMap()
  var queue = ListingQueue()
  var tracker: SettleTracker

  var scan: FullScan?
  var scanNumber = 0
  var nextScan: Instant?
  /// A scan that nobody needs at once does not begin before.
  var restUntil: Instant

  /// Nil once the memory said, or took, that the library's backlog is known.
  var firstScan: FirstScan? = FirstScan()
  var isWatchingTold = false
  var rootTrouble: LibraryTrouble?
  /// Troubles that were told and not seen to be mended since.
  var standing: Set<LibraryTrouble> = []

  var outbox: [LibraryEvent] = []
  var nextDelivery: Instant?
  var vanishing = VanishCheck()

  init(
    _ library: LibrarySettings, otherRoots: Set<FilePath>, watch: WatchSettings,
    memory: any LibraryMemory, logger: Logger, hooks: WatchHooks, signals: WatchSignals,
    now: Instant
  ) {
    name = library.name
    root = library.root
    backlogPolicy = library.backlog
    rules = IgnoreRules(patterns: library.ignore)
    self.otherRoots = otherRoots.subtracting([library.root])
    times = WatchTimes(watch)
    tracker = SettleTracker(settle: watch.settle)
    self.memory = memory
    var logger = logger
    logger[metadataKey: "library"] = "\(library.name)"
    self.logger = logger
    self.hooks = hooks
    self.signals = signals
    begun = now
    nextScan = now
    restUntil = now
  }

  /// Readable when there are events; nil when the kernel gave no inotify instance.
  var eventDescriptor: Int32? { inotify?.descriptor }

  /// When `advance` has something to do even though no event comes. A moment in the past means at
  /// once.
  var nextDue: Instant? {
    if scan != nil || !queue.isEmpty { return begun }
    // What is told stays in order: neither a scan nor a check begins while something waits to be
    // accepted.
    guard outbox.isEmpty else { return [tracker.nextLook, nextDelivery ?? begun].least }
    return [tracker.nextLook, nextScan, firstScan == nil ? vanishing.nextDue : nil].least
  }

  /// Does a slice of what is due.
  func advance(now: Instant) {
    // Looks come first, for `now` to be the time at which they are taken.
    lookAtCandidates(now: now)
    startScanIfDue(now: now)
    listSome(now: now)
    deliver(now: now)
    checkVanished(now: now)
  }
}

extension [ContinuousClock.Instant?] {
  fileprivate var least: ContinuousClock.Instant? { compactMap(\.self).min() }
}
