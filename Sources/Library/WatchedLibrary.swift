import Logging
import Settings
import SystemPackage

/// One library as the watcher's thread sees it. Belongs to that thread: nothing here is shared.
///
/// The way of a file: an event or a scan notes its path, the tracker waits until it has settled,
/// the memory says whether it is new, and then it is offered until it is accepted.
final class WatchedLibrary {
  typealias Instant = ContinuousClock.Instant

  enum ScanKind: Comparable {
    /// Folders that are watched and have not changed are skipped.
    case changed
    /// All known folders are listed, those that have changed first.
    case known
    /// All folders from the root on are listed.
    case whole
  }

  /// A scan that is under way.
  struct FullScan {
    var started: Instant
    var root: FileIdentity
    var files = 0
    var folders = 0
    var troubles: Set<LibraryTrouble> = []
    /// A folder failed in a way that may pass, such as a network share's.
    var isIncomplete = false
    var hasReadLastEvents = false
    /// It began at the root; else at the folders that were known.
    var isWhole = true
  }

  let name: String
  let root: FilePath
  /// The root without symbolic links, as the mount table names it.
  var realRoot: FilePath
  let backlogPolicy: BacklogPolicy
  let rules: IgnoreRules
  let otherRoots: Set<FilePath>
  let times: WatchTimes
  let memory: any LibraryMemory
  let logger: Logger
  let hooks: WatchHooks
  let signals: WatchSignals
  let begun: Instant

  /// Empties the kernel's queues of all libraries that share this thread.
  var readAllEvents: () -> Void = {}

  var inotify: INotify?
  var folders = FolderMap()
  var queue = ListingQueue()
  /// Known folders that are to be looked at; those that have changed come into the queue.
  var checks: [FileIdentity] = []
  /// Else what has not changed is listed too, after all that has.
  var skipsUnchanged = true
  var fileSystems: [UInt64: FileSystemKind] = [:]
  var remoteTops: [UInt64: FilePath] = [:]
  /// Mount points below the root at which nothing is mounted any more.
  var away: Set<FilePath> = []
  var tracker: SettleTracker
  var unfinished: UnfinishedFiles
  var laterLooks: LaterLooks

  var scan: FullScan?
  var scanNumber = 0
  var nextScan: Instant?
  /// What the next scan is to be.
  var nextScanKind = ScanKind.whole
  var nextPoll: Instant?
  var pollNumber = 0
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
    realRoot = library.root
    rules = IgnoreRules(include: library.include, exclude: library.exclude)
    self.otherRoots = otherRoots.subtracting([library.root])
    times = WatchTimes(watch)
    tracker = SettleTracker(settle: watch.settle)
    unfinished = UnfinishedFiles(settle: watch.settle)
    laterLooks = LaterLooks(settle: watch.settle)
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
    if scan != nil || !queue.isEmpty || !checks.isEmpty { return begun }
    // What is told stays in order: neither a scan nor a check begins while something waits to be
    // accepted.
    guard outbox.isEmpty else { return [tracker.nextLook, nextDelivery ?? begun].least }
    let isFirst = firstScan != nil
    return [
      tracker.nextLook, nextScan, laterLooks.nextDue, isFirst ? nil : nextPoll,
      isFirst ? nil : vanishing.nextDue,
    ].least
  }

  /// For a listing that takes long: a folder may hold any number of entries, and a disk may sleep.
  func breathe() { readAllEvents() }

  /// Does a slice of what is due.
  func advance(now: Instant) {
    // Looks come first, for `now` to be the time at which they are taken.
    lookAtCandidates(now: now)
    lookAgain(now: now)
    startScanIfDue(now: now)
    startPollIfDue(now: now)
    listSome(now: now)
    deliver(now: now)
    checkVanished(now: now)
  }
}

extension [ContinuousClock.Instant?] {
  fileprivate var least: ContinuousClock.Instant? { compactMap(\.self).min() }
}
