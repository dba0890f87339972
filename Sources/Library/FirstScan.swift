import Settings
import SystemPackage

/// Collects what lies in a library before its first scan, apart from what arrives while that scan
/// runs.
struct FirstScan {
  private var found: [FilePath: ObservedFile] = [:]
  private var news: Set<FilePath> = []

  /// The scan found a video. One that an event told of is news, whichever was first.
  mutating func add(_ file: ObservedFile) {
    if !news.contains(file.path) { found[file.path] = file }
  }

  /// An event told of a file.
  mutating func arrived(_ path: FilePath) {
    news.insert(path)
    found[path] = nil
  }

  /// An event told that a file is gone. What comes back under that path is news.
  mutating func left(_ path: FilePath) {
    found[path] = nil
  }

  /// The scan begins anew; what events told stays true.
  mutating func restart() {
    found = [:]
  }

  /// Splits what was found; files changed at the same time are ordered by path, so that it is the
  /// same each time.
  func split(by policy: BacklogPolicy) -> (taken: [ObservedFile], leftAlone: [ObservedFile]) {
    let newestFirst = found.values.sorted {
      $0.modified == $1.modified ? $0.path.precedes($1.path) : $0.modified > $1.modified
    }
    let count = policy.count(of: newestFirst.count)
    return (Array(newestFirst[..<count]), Array(newestFirst[count...]))
  }
}
