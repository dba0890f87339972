import Glibc
import SystemPackage

extension ClipFolder {
  /// When the folders that hold an episode's clips were last changed: equal ones say that nothing came, went or moved.
  package struct Stamp: Sendable, Equatable {
    private var times: [Int64]
    /// Whether a later change would show: some file systems count time in steps of two seconds.
    package let isSafe: Bool

    fileprivate init(_ folders: [stat], now: timespec) {
      times = folders.map { Int64($0.st_mtim.tv_sec) * 1_000_000_000 + Int64($0.st_mtim.tv_nsec) }
      isSafe = folders.allSatisfy { $0.st_mtim.tv_sec + 3 < now.tv_sec }
    }
  }

  /// Nil where there is no such folder. Blocks.
  package var stamp: Stamp? {
    guard let home = Files.facts(of: path), home.st_mode & S_IFMT == S_IFDIR else { return nil }
    let others = [path.appending(Self.knownFolderName), flatHome].compactMap(Files.facts)
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Stamp([home] + others, now: now)
  }
}
