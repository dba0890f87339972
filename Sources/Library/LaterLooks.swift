import SystemPackage

/// Files that were taken a while ago and are looked at again for some time: whoever writes without
/// closing, as download clients do, is told by no event. Reads no clock and no file.
package struct LaterLooks {
  package typealias Instant = ContinuousClock.Instant

  private struct Taken {
    var file: ObservedFile
    var wait: Duration
    var next: Instant
  }

  /// From one look to the next the wait doubles, this often.
  package static let looks = 7
  /// More at once are left to the scans.
  static let most = 20_000

  private let firstWait: Duration
  private var taken: [FilePath: Taken] = [:]
  /// No look is due before. It may be too early, never too late.
  private var earliest: Instant?
  /// Collected at once and given out bit by bit.
  private var dueNow: [FilePath] = []

  /// In the past while some are due; nil when nothing is to be looked at.
  package var nextDue: Instant? { taken.isEmpty ? nil : earliest }
  package var count: Int { taken.count }

  /// - Parameter settle: the first look comes after twice this.
  package init(settle: Duration) {
    firstWait = settle * 2
  }

  package mutating func took(_ file: ObservedFile, now: Instant) {
    guard taken.count < Self.most || taken[file.path] != nil else { return }
    let next = now + firstWait
    taken[file.path] = Taken(file: file, wait: firstWait, next: next)
    earliest = min(earliest ?? next, next)
  }

  /// Those to look at now, at most `limit`, in no order.
  package mutating func due(now: Instant, limit: Int) -> [FilePath] {
    guard let earliest, earliest <= now else { return [] }
    if dueNow.isEmpty {
      for (path, file) in taken where file.next <= now { dueNow.append(path) }
    }
    let due = Array(dueNow.suffix(limit))
    dueNow.removeLast(due.count)
    if dueNow.isEmpty { self.earliest = taken.values.lazy.map(\.next).filter { $0 > now }.min() }
    return due
  }

  /// Tells what a look saw.
  /// - Returns: whether the file has changed since it was taken, so that it has to settle again.
  package mutating func saw(_ file: ObservedFile?, at path: FilePath, now: Instant) -> Bool {
    guard var entry = taken[path] else { return false }
    let isChanged = file.map {
      $0.sizeBytes != entry.file.sizeBytes || $0.modified != entry.file.modified
    }
    entry.wait = entry.wait * 2
    guard isChanged == false, entry.wait <= firstWait * (1 << (Self.looks - 1)) else {
      taken[path] = nil
      return isChanged == true
    }
    entry.next = now + entry.wait
    taken[path] = entry
    earliest = min(earliest ?? entry.next, entry.next)
    return false
  }
}
