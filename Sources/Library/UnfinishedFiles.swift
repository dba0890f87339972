import SystemPackage

/// Settled files with holes in them: downloads whose first and last pieces came first. They are
/// looked at again, less and less often, until they are whole, or have not changed for so long that
/// they are taken as they are. Reads no clock and no file.
package struct UnfinishedFiles {
  package typealias Instant = ContinuousClock.Instant

  private struct File {
    var sizeBytes: Int64
    var modified: Int64
    var unchangedSince: Instant
    var wait: Duration
  }

  /// In settle intervals: a quarter of an hour, and six hours, for the usual ten seconds.
  package static let longestWait = 90
  package static let limit = 2_160

  private let settle: Duration
  private var files: [FilePath: File] = [:]

  package init(settle: Duration) {
    self.settle = settle
  }

  package var count: Int { files.count }

  /// Tells of a settled file with holes.
  /// - Returns: when to look at it again, or nil when it has waited long enough.
  package mutating func nextLook(at file: ObservedFile, now: Instant) -> Instant? {
    var entry =
      files[file.path]
      ?? File(
        sizeBytes: file.sizeBytes, modified: file.modified, unchangedSince: now, wait: settle)
    if entry.sizeBytes != file.sizeBytes || entry.modified != file.modified {
      entry.sizeBytes = file.sizeBytes
      entry.modified = file.modified
      entry.unchangedSince = now
      entry.wait = settle
    }
    guard now - entry.unchangedSince < settle * Self.limit else {
      files[file.path] = nil
      return nil
    }
    let next = now + entry.wait
    entry.wait = min(entry.wait * 2, settle * Self.longestWait)
    files[file.path] = entry
    return next
  }

  package mutating func remove(_ path: FilePath) {
    if !files.isEmpty { files[path] = nil }
  }
}
