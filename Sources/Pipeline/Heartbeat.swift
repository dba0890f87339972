import Logging
import ServiceHost
import ServiceLifecycle

/// Tells the service manager that the daemon is alive, for as long as its stages are: a timer that ticks beside a stuck
/// stage would say nothing.
///
/// It begins first and ends last, so that it also speaks for a long first scan and for a cut that may still end.
struct Heartbeat: Service {
  let vitals: Vitals
  let voice: ManagerVoice
  /// How often the manager wants to hear of it; nil when it does not.
  let interval: Duration?
  let hook: StallHook?
  let logger: Logger
  /// Called after each beat: what the status says may have changed with the time of day.
  let onBeat: @Sendable () -> Void

  /// Waits for disks and shares, which no restart mends; it is told by the health check alone.
  private static let spared = "files"
  private static let usualPause = Duration.seconds(30)
  /// While it starts or stops, the manager's own limits run.
  private static let shortPause = Duration.seconds(5)

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown {
        var stuckBefore: [String] = []
        while true {
          hook?.apply()
          stuckBefore = beat(stuckBefore)
          onBeat()
          try await Task.sleep(for: pause)
        }
      }
    } catch is CancellationError {
      // Stopped, as wanted.
    }
  }

  /// A stage may be silent for a quarter of the interval, and another one passes between two beats: one late answer is
  /// not the end.
  private var limit: Duration { interval.map { $0 / 4 } ?? Self.usualPause }

  private var pause: Duration {
    voice.phase == .running ? limit : min(limit, Self.shortPause)
  }

  private func beat(_ stuckBefore: [String]) -> [String] {
    let stalls = vitals.stalls(beyond: limit).filter { $0.stage != Self.spared }
    let stuck = stalls.map(\.stage)
    guard stuck.isEmpty else {
      // Once, not at each beat.
      if stuck != stuckBefore {
        logger.error(
          "a stage does not answer",
          metadata: [
            "stage": "\(stuck.joined(separator: ", "))",
            "seconds": "\(stalls.map { Int($0.silence.seconds) }.max() ?? 0)",
          ])
      }
      return stuck
    }
    voice.isAlive()
    voice.extendTimeout(by: limit + Self.shortPause * 6)
    return []
  }
}
