import SystemPackage

/// Where tests and measurements look in and interfere.
package struct WatchHooks: Sendable {
  /// Asked before the kernel is; what it throws counts as the kernel's answer.
  package var addWatch: @Sendable (FilePath) throws(Errno) -> Void = { _ throws(Errno) in }
  /// The same before an inotify instance is made.
  package var makeInstance: @Sendable () throws(Errno) -> Void = { () throws(Errno) in }
  /// Told how long the thread is about to wait at most; nil is for ever.
  package var willWait: @Sendable (Duration?) -> Void = { _ in }
  /// Told of a file that settles from now on, when an event told of it.
  package var didNotice: @Sendable (FilePath) -> Void = { _ in }
  /// Told of each folder whose entries were read.
  package var didList: @Sendable (FilePath) -> Void = { _ in }
  /// What counts as the folder's file system; nil leaves it to the kernel.
  package var fileSystem: @Sendable (FilePath) -> FileSystemKind? = { _ in nil }

  package init() {}
}
