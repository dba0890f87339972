import SystemPackage

/// Something that keeps a library from being watched in full. The watcher goes on by itself once it
/// is mended.
package struct LibraryTrouble: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case rootMissing
    case rootUnreadable
    case folderUnreadable
    case watchLimit
    case overflow
    case rootEmpty
    /// Not a trouble but a note: polling takes the place of events.
    case remote
  }

  package var kind: Kind
  /// What is wrong, and where.
  package var message: String
  /// How to mend it.
  package var mend: String
  /// True when nothing at all is found in this library until it is mended.
  package var isFatal: Bool

  /// Nothing to mend: the library is in order.
  package var isNote: Bool { kind == .remote }

  package init(kind: Kind, message: String, mend: String, isFatal: Bool = false) {
    self.kind = kind
    self.message = message
    self.mend = mend
    self.isFatal = isFatal
  }
}

extension LibraryTrouble {
  static func root(_ root: FilePath, _ error: Errno) -> LibraryTrouble {
    switch error {
    case .noSuchFileOrDirectory:
      LibraryTrouble(
        kind: .rootMissing, message: "the library's folder \(root) does not exist",
        mend: "create or mount it, or correct its path; it is looked for again by itself",
        isFatal: true)
    case .notDirectory:
      LibraryTrouble(
        kind: .rootMissing, message: "the library's path \(root) is not a folder",
        mend: "set the path of the folder that holds the episodes", isFatal: true)
    case .permissionDenied, .notPermitted:
      LibraryTrouble(
        kind: .rootUnreadable, message: "the library's folder \(root) may not be read",
        mend: "give the service's user the rights to read and to enter it (r and x)", isFatal: true)
    default:
      LibraryTrouble(
        kind: .rootUnreadable, message: "the library's folder \(root) can't be read: \(error)",
        mend: "check the disk or the network share; it is tried again by itself", isFatal: true)
    }
  }

  static func folder(_ folder: FilePath, _ error: Errno) -> LibraryTrouble {
    switch error {
    case .permissionDenied, .notPermitted:
      LibraryTrouble(
        kind: .folderUnreadable, message: "the folder \(folder) may not be read",
        mend: """
          give the service's user the rights to read and to enter it (r and x), or leave it out with \
          libraries.NAME.exclude
          """)
    case .fileNameTooLong:
      LibraryTrouble(
        kind: .folderUnreadable, message: "the path of the folder \(folder) is too long",
        mend: "shorten the names of the folders above it, or ignore it")
    default:
      LibraryTrouble(
        kind: .folderUnreadable, message: "the folder \(folder) can't be read: \(error)",
        mend: "check the disk or the network share; the next scan tries again")
    }
  }

  static func watchLimit(
    _ root: FilePath, _ error: Errno, _ interval: Duration
  ) -> LibraryTrouble {
    let limit = error == .tooManyOpenFiles ? InotifyLimit.instances : .watches
    return LibraryTrouble(
      kind: .watchLimit,
      message:
        "not every folder of \(root) can be watched (\(error)); the others are looked at every \(seconds(interval))",
      mend: "raise the limit on the host: \(limit.command()), kept in /etc/sysctl.d/")
  }

  static func remote(
    _ folder: FilePath, _ fileSystem: String, _ interval: Duration
  ) -> LibraryTrouble {
    LibraryTrouble(
      kind: .remote,
      message:
        "\(folder) is on \(fileSystem): what others change there is told by no event, so it is looked at every \(seconds(interval))",
      mend: "nothing to do; watch.poll_seconds sets how often")
  }

  static func emptyRoot(_ root: FilePath) -> LibraryTrouble {
    LibraryTrouble(
      kind: .rootEmpty, message: "the library's folder \(root) is empty, and files in it are known",
      mend: "mount its disk or share; nothing counts as deleted until then")
  }

  private static func seconds(_ interval: Duration) -> String {
    interval < .seconds(1) ? "second" : "\(interval.components.seconds) s"
  }

  static func overflow(_ root: FilePath) -> LibraryTrouble {
    LibraryTrouble(
      kind: .overflow, message: "more changed at once in \(root) than the kernel could tell",
      mend: "nothing is lost, the library is scanned now; fs.inotify.max_queued_events helps")
  }
}
