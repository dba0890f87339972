import Glibc
import Settings
import Store
import SystemPackage

/// For tests of the watchdog, and honoured only where `LANGFLIX_TEST_STALL` names a stage ("store", "watcher" or
/// "providers"): that stage stops for good once there is a file `stall` in the state folder. The file goes then, so
/// that the next start of the daemon works.
struct StallHook: Sendable {
  private let file: FilePath
  private let hold: @Sendable (_ body: @escaping @Sendable () -> Void) async -> Void

  init?(_ workshop: Workshop, _ watcher: WatcherService) {
    switch getenv("LANGFLIX_TEST_STALL").map({ String(cString: $0) }) {
    case "store": hold = { [store = workshop.store] body in try? await store.passWriter(body) }
    case "watcher": hold = { await watcher.comesRound($0) }
    case "providers": hold = { [live = workshop.live] body in await live.pool.pass(body) }
    default: return nil
    }
    file = workshop.settings.stateFolder.appending("stall")
  }

  func apply() {
    guard file.withPlatformString({ unlink($0) }) == 0 else { return }
    // Unstructured, for it never returns.
    Task { [hold] in
      await hold { while true { sleep(3_600) } }
    }
  }
}
