import SystemPackage

/// Which known paths are to be looked at because there may be nothing at them any more.
///
/// What an event hinted at is told when it is absent after a delay. What a check of all paths finds
/// absent is looked at once more after that delay: its event may not have been read yet, and what
/// was renamed is to be offered under its new name before the old one is missed.
struct VanishCheck {
  typealias Instant = ContinuousClock.Instant

  /// More hints than this are not worth keeping apart.
  private static let mostHints = 4_096
  /// A copy that takes hours must not keep losses from being told.
  private static let mostPostponements = 3

  private var hints: Set<FilePath> = []
  private var isForAll = false
  private var suspects: [FilePath] = []
  private var remaining: ArraySlice<FilePath> = []
  private var isSecondLook = false
  private var due: Instant?
  private var postponements = 0

  /// In the past while there are paths left to look at.
  var nextDue: Instant? { due }

  /// An event told that a file or folder is gone from there.
  mutating func gone(_ path: FilePath, due when: Instant) {
    if hints.count < Self.mostHints { hints.insert(path) } else { isForAll = true }
    due = due ?? when
  }

  /// All known paths are to be looked at, now.
  mutating func checkAll(now: Instant) {
    isForAll = true
    // What is to be looked at a second time keeps its delay, and goes first.
    if suspects.isEmpty { due = now }
  }

  /// Lets files that are settling go first: one of them may be what is gone, under its new name.
  /// - Returns: false when nothing is due, or when it has waited often enough.
  mutating func postpone(now: Instant, until when: Instant) -> Bool {
    guard let due, due <= now, remaining.isEmpty, postponements < Self.mostPostponements else {
      return false
    }
    postponements += 1
    self.due = when
    return true
  }

  /// The next paths to look at, at most `limit`, or nil when nothing is due; `saw` has to follow.
  /// `known` is asked at the beginning of a check only.
  mutating func next(
    _ limit: Int, now: Instant, known: () -> [FilePath]
  ) -> ArraySlice<FilePath>? {
    guard let due, due <= now else { return nil }
    if remaining.isEmpty { begin(known) }
    let slice = remaining.prefix(limit)
    remaining = remaining.dropFirst(slice.count)
    return slice
  }

  /// Tells which of the paths that `next` gave are absent.
  /// - Returns: those that are gone for sure.
  mutating func saw(absent: [FilePath], now: Instant, lookAgain: Instant) -> [FilePath] {
    if !isSecondLook { suspects += absent }
    if remaining.isEmpty {
      remaining = []
      let isMoreHinted = isForAll || !hints.isEmpty
      due = suspects.isEmpty ? (isMoreHinted ? now : nil) : lookAgain
    }
    return isSecondLook ? absent : []
  }

  private mutating func begin(_ known: () -> [FilePath]) {
    postponements = 0
    isSecondLook = !suspects.isEmpty || !isForAll
    if !suspects.isEmpty {
      remaining = suspects[...]
      suspects = []
      return
    }
    let hints = isForAll ? nil : self.hints
    self.hints = []
    isForAll = false
    remaining = known()[...]
    if let hints { remaining = remaining.filter { Self.isHinted($0, hints) }[...] }
  }

  private static func isHinted(_ path: FilePath, _ hints: Set<FilePath>) -> Bool {
    var path = path
    while !hints.contains(path) {
      guard path.removeLastComponent() else { return false }
    }
    return true
  }
}
