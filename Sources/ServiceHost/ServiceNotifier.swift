import CSystemd
import Glibc

/// Tells systemd how the daemon is. Does nothing when no manager listens (`NOTIFY_SOCKET` is not set).
package struct ServiceNotifier: Sendable {
  private let send: @Sendable (String) -> Void

  package init() {
    // A lost notification changes nothing for the work, so its result is not looked at.
    self.init { state in _ = state.withCString { sd_notify(0, $0) } }
  }

  /// - Parameter send: takes what is told, lines of assignments as in sd_notify(3).
  package init(send: @escaping @Sendable (String) -> Void) { self.send = send }

  /// Whether this very process is a service's main process, not just started by one.
  package static var isMainProcess: Bool {
    guard let text = getenv("SYSTEMD_EXEC_PID") else { return false }
    return String(cString: text) == "\(getpid())"
  }

  /// How often the manager wants to hear that the daemon is alive, if it does.
  package static var watchdogInterval: Duration? {
    var microseconds: UInt64 = 0
    guard sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
    return .microseconds(Int64(clamping: microseconds))
  }

  /// The libraries are watched and the store is open.
  package func ready(status: String) { send("READY=1\nSTATUS=\(Self.oneLine(status))") }

  /// What `systemctl status` shows.
  package func status(_ text: String) { send("STATUS=\(Self.oneLine(text))") }

  /// The configuration is read anew; `ready` ends it. Without the time, a manager can't tell this from an older one.
  package func reloading() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let microseconds = Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
    send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)\nSTATUS=Reading the configuration anew")
  }

  package func stopping(status: String = "Stopping") {
    send("STOPPING=1\nSTATUS=\(Self.oneLine(status))")
  }

  /// Starting or stopping takes longer: at least this long from now on.
  package func extendTimeout(by time: Duration) {
    send("EXTEND_TIMEOUT_USEC=\(Int64(time / .microseconds(1)))")
  }

  /// The stages make progress.
  package func isAlive() { send("WATCHDOG=1") }

  /// A line break would start another assignment.
  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
