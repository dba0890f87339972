import Glibc
import Synchronization

/// Counts what the program makes durable (transactions, renames, syncs, removals), so that a test can end the process at
/// any of these steps, as a power cut would. Nothing happens, but for one atomic addition, unless the environment asks
/// for it.
package enum DurableStep {
  private static let count = Atomic(0)
  /// The step at which the process ends by SIGKILL, from 1.
  private static let last = getenv("LANGFLIX_TEST_KILL_AT_STEP").flatMap {
    Int(String(cString: $0))
  }

  /// Called where a step begins; what was done before it is on its way to the disk.
  package static func pass() {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    guard number == last else { return }
    kill(getpid(), SIGKILL)
    // The signal may take a moment.
    while true { pause() }
  }

  /// How many steps there have been, where the environment asks for it.
  package static var counted: Int? {
    getenv("LANGFLIX_TEST_COUNT_STEPS") == nil ? nil : count.load(ordering: .relaxed)
  }
}
