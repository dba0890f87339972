import Foundation
import Library
import Synchronization
import SystemPackage

/// A memory that costs next to nothing, so that the watcher alone is measured. It knows every file that is older than
/// itself.
final class Journal: LibraryMemory {
  private struct State {
    var isFirst: Bool
    var scan: (files: Int, folders: Int)?
    var noticed: [FilePath: ContinuousClock.Instant] = [:]
    var offered: Set<FilePath> = []
  }

  private let state: Mutex<State>
  private let began = Int64(Date.now.timeIntervalSince1970 * 1e9)
  private let changed = DispatchSemaphore(value: 0)

  init(isFirst: Bool) {
    state = Mutex(State(isFirst: isFirst))
  }

  func isFirstScan(of library: String) -> Bool { state.withLock { $0.isFirst } }

  func unknown(among files: [ObservedFile], in library: String) -> [ObservedFile] {
    files.filter { file in
      file.modified > began && !state.withLock { $0.offered.contains(file.path) }
    }
  }

  func knownPaths(in library: String) -> [FilePath] { [] }

  func accept(_ event: LibraryEvent) -> Bool {
    state.withLock { state in
      switch event {
      case .backlog: state.isFirst = false
      case .episode(_, let file): state.offered.insert(file.path)
      case .scanned(_, let files, let folders, _): state.scan = (files, folders)
      default: break
      }
    }
    changed.signal()
    return true
  }

  func noticed(_ path: FilePath) {
    let now = ContinuousClock.now
    state.withLock { if $0.noticed[path] == nil { $0.noticed[path] = now } }
    changed.signal()
  }

  // MARK: - For the thread that measures

  func waitForScan() -> (files: Int, folders: Int) {
    while true {
      if let scan = state.withLock({ $0.scan }) { return scan }
      changed.wait()
    }
  }

  /// The next event about it counts as the first.
  func forget(_ path: FilePath) {
    state.withLock { $0.noticed[path] = nil }
  }

  /// Nil when it was not noticed in time.
  func timeNoticed(_ path: FilePath) -> ContinuousClock.Instant? {
    let limit = DispatchTime.now() + 10
    while true {
      if let time = state.withLock({ $0.noticed[path] }) { return time }
      if changed.wait(timeout: limit) == .timedOut { return nil }
    }
  }

  /// - Returns: how many of them were not offered in time.
  func waitForOffers(of paths: Set<FilePath>, seconds: Double) -> Int {
    let limit = DispatchTime.now() + seconds
    while true {
      let missing = state.withLock { paths.subtracting($0.offered).count }
      if missing == 0 || changed.wait(timeout: limit) == .timedOut { return missing }
      // A burst signals for each of its files.
      Thread.sleep(forTimeInterval: 0.01)
    }
  }
}
