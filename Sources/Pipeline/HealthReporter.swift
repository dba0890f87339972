import Control
import Library
import Settings

/// Says how the daemon is; never waits for what may be stuck.
struct HealthReporter: Sendable {
  let vitals: Vitals
  let bridge: LibraryBridge
  let live: LiveParts
  let gate: WorkGate

  func report() -> HealthReport {
    let stalls = vitals.stalls
    if !stalls.isEmpty {
      return HealthReport(verdict: .stalled, reasons: stalls.map(Self.words))
    }
    let troubles =
      vitals.troubles + live.settings.libraries.map(\.name).flatMap(troubles) + withoutRoom
    if !troubles.isEmpty { return HealthReport(verdict: .degraded, reasons: troubles) }
    guard bridge.isSettled else {
      return HealthReport(verdict: .starting, reasons: ["the libraries are being looked through"])
    }
    return HealthReport(verdict: .healthy)
  }

  private func troubles(of library: String) -> [String] {
    bridge.health(of: library).troubles.values
      .map { "library \(library): \($0.message): \($0.mend)" }.sorted()
  }

  /// The libraries whose clips wait for room, and why.
  private var withoutRoom: [String] {
    gate.full.sorted { $0.key < $1.key }.map { "library \($0.key): \($0.value.reason)" }
  }

  private static func words(_ stall: Vitals.Stall) -> String {
    """
    \(stall.stage): no sign of life for \(Int(stall.silence.seconds)) s; if a disk or share hangs, mend it, else \
    restart langflix
    """
  }
}
