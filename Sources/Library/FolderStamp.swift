/// By what a folder shows that something was made, renamed or removed in it.
struct FolderStamp: Hashable {
  typealias Instant = ContinuousClock.Instant

  /// `rsync` and others set the time of the content, but nobody the other.
  private let modified: Int64
  private let changed: Int64
  private let firstSeen: Instant

  init(_ status: FileStatus, now: Instant) {
    modified = status.modified
    changed = status.changed
    firstSeen = now
  }

  /// This stamp as it is now, given what was known before.
  func following(_ former: FolderStamp?) -> FolderStamp {
    guard let former, isSame(as: former) else { return self }
    return former
  }

  func isSame(as other: FolderStamp) -> Bool {
    modified == other.modified && changed == other.changed
  }

  /// Whether a listing that began now sees all that this stamp stands for. File systems count in
  /// steps of up to two seconds, so something may change after a listing and leave the time as it
  /// was. The clock of a file server may be any, so its times are compared with each other only.
  func isFinal(now: Instant) -> Bool { now - firstSeen >= Self.coarsestStep }

  private static let coarsestStep = Duration.seconds(3)
}
