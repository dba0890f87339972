import CSystemd

/// Tells systemd how the daemon is. Does nothing when no manager listens (`NOTIFY_SOCKET` is not set).
package struct ServiceNotifier: Sendable {
  package init() {}

  /// The libraries are watched and the store is open.
  package func ready(status: String) { send("READY=1\nSTATUS=\(Self.oneLine(status))") }

  /// What `systemctl status` shows.
  package func status(_ text: String) { send("STATUS=\(Self.oneLine(text))") }

  package func stopping() { send("STOPPING=1\nSTATUS=Stopping") }

  /// A lost notification changes nothing for the work, so its result is not looked at.
  private func send(_ state: String) {
    _ = state.withCString { sd_notify(0, $0) }
  }

  /// A line break would start another assignment.
  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
