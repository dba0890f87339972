import Synchronization
import SystemPackage

/// Lets the threads of a watcher ask and tell one after another, so that a memory sees a file that
/// moves between two libraries in one order.
final class OneAtATime: LibraryMemory {
  private let memory: any LibraryMemory
  private let turn = Mutex(())

  init(_ memory: any LibraryMemory) {
    self.memory = memory
  }

  func isFirstScan(of library: String) -> Bool {
    turn.withLock { _ in memory.isFirstScan(of: library) }
  }

  func unknown(among files: [ObservedFile], in library: String) -> [ObservedFile] {
    turn.withLock { _ in memory.unknown(among: files, in: library) }
  }

  func knownPaths(in library: String) -> [FilePath] {
    turn.withLock { _ in memory.knownPaths(in: library) }
  }

  func accept(_ event: LibraryEvent) -> Bool {
    turn.withLock { _ in memory.accept(event) }
  }
}
