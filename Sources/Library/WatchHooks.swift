import SystemPackage

/// Where tests look in and interfere.
package struct WatchHooks: Sendable {
  /// Asked before the kernel is; what it throws counts as the kernel's answer.
  package var addWatch: @Sendable (FilePath) throws(Errno) -> Void = { _ throws(Errno) in }
  /// Told how long the thread is about to wait at most; nil is for ever.
  package var willWait: @Sendable (Duration?) -> Void = { _ in }

  package init() {}
}
