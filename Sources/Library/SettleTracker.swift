import SystemPackage

/// Knows which files are still being written: a file is settled when two looks, a settle interval
/// apart, saw the same size and time of change. Reads no clock and no file.
///
/// The inode does not count: some network file systems give another one at each look.
package struct SettleTracker {
  package typealias Instant = ContinuousClock.Instant

  package enum Verdict: Equatable, Sendable {
    case waiting
    /// The caller takes it with `remove`, or keeps it with `postpone`; it is not due again by
    /// itself.
    case settled
    /// It is no longer tracked.
    case gone
  }

  private struct Stamp: Equatable {
    var sizeBytes: Int64
    var modified: Int64
  }

  private struct Candidate {
    var seen: Stamp?
    var unchangedSince: Instant
    var nextLook: Instant
  }

  /// An empty file is most often one that is about to be written; after so many intervals it is
  /// offered all the same, so that its owner hears of it.
  package static let intervalsForEmptyFile = 6

  private let settle: Duration
  private var candidates: [FilePath: Candidate] = [:]
  /// No candidate is due before. It may be too early, never too late.
  private var earliestLook: Instant?
  /// Collected at once and given out bit by bit: many files that settle together are not searched
  /// for again each time.
  private var dueNow: [FilePath] = []
  private var dueSince: Instant?

  package init(settle: Duration) {
    self.settle = settle
  }

  package var count: Int { candidates.count }

  /// When to look next, in the past while some are due; nil when nothing is tracked.
  package var nextLook: Instant? {
    guard !candidates.isEmpty else { return nil }
    return dueNow.isEmpty ? earliestLook : dueSince
  }

  /// Begins to track a file, to be looked at at once; one that is tracked already stays as it is.
  package mutating func note(_ path: FilePath, now: Instant) {
    guard candidates[path] == nil else { return }
    candidates[path] = Candidate(seen: nil, unchangedSince: now, nextLook: now)
    earliestLook = min(earliestLook ?? now, now)
  }

  /// The next files to look at, at most `limit`, in no order.
  package mutating func due(now: Instant, limit: Int = .max) -> [FilePath] {
    if dueNow.isEmpty, let earliest = earliestLook, earliest <= now { collectDue(now: now) }
    var due: [FilePath] = []
    while due.count < limit, let path = dueNow.popLast() {
      if let candidate = candidates[path], candidate.nextLook <= now { due.append(path) }
    }
    return due
  }

  private mutating func collectDue(now: Instant) {
    dueSince = now
    earliestLook = nil
    for (path, candidate) in candidates {
      if candidate.nextLook <= now {
        dueNow.append(path)
      } else {
        earliestLook = min(earliestLook ?? candidate.nextLook, candidate.nextLook)
      }
    }
  }

  /// Tells what a look saw: nil when there is no such file any more.
  package mutating func look(at path: FilePath, saw file: ObservedFile?, now: Instant) -> Verdict {
    guard let file, var candidate = candidates[path] else {
      candidates[path] = nil
      return .gone
    }
    let seen = Stamp(sizeBytes: file.sizeBytes, modified: file.modified)
    if candidate.seen != seen {
      candidate.seen = seen
      candidate.unchangedSince = now
    }
    let needed = file.sizeBytes == 0 ? settle * Self.intervalsForEmptyFile : settle
    if now - candidate.unchangedSince >= needed {
      candidates[path] = candidate
      return .settled
    }
    candidate.nextLook = min(candidate.unchangedSince + needed, now + settle)
    candidates[path] = candidate
    earliestLook = min(earliestLook ?? candidate.nextLook, candidate.nextLook)
    return .waiting
  }

  /// A settled file could not be handed over: it is looked at again then, and is settled still if
  /// it is unchanged.
  package mutating func postpone(_ path: FilePath, until next: Instant) {
    candidates[path]?.nextLook = next
    earliestLook = min(earliestLook ?? next, next)
  }

  package mutating func remove(_ path: FilePath) {
    candidates[path] = nil
  }
}
