import SystemPackage

/// Which known paths are to be looked at because there may be nothing at them any more.
struct VanishCheck {
  typealias Instant = ContinuousClock.Instant

  /// More hints than this are not worth keeping apart.
  private static let mostHints = 4_096

  private var hints: Set<FilePath> = []
  private var isForAll = false
  private var due: Instant?
  private var remaining: ArraySlice<FilePath> = []

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
    due = now
  }

  /// The next paths to look at, at most `limit`; empty when nothing is due. `known` is asked at the beginning only.
  mutating func next(_ limit: Int, now: Instant, known: () -> [FilePath]) -> ArraySlice<FilePath> {
    guard let due, due <= now else { return [] }
    if remaining.isEmpty {
      let (hints, isForAll) = (self.hints, self.isForAll)
      self.hints = []
      self.isForAll = false
      remaining = known()[...]
      if !isForAll { remaining = remaining.filter { Self.isHinted($0, hints) }[...] }
    }
    let slice = remaining.prefix(limit)
    remaining = remaining.dropFirst(slice.count)
    if remaining.isEmpty {
      remaining = []
      // Hints that came while it ran wait for the next round.
      self.due = hints.isEmpty && !isForAll ? nil : now
    }
    return slice
  }

  private static func isHinted(_ path: FilePath, _ hints: Set<FilePath>) -> Bool {
    var path = path
    while !hints.contains(path) {
      guard path.removeLastComponent() else { return false }
    }
    return true
  }
}
