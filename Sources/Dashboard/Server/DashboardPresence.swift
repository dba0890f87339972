import Synchronization

/// Where the dashboard is, for those who tell others.
package final class DashboardPresence: Sendable {
  package enum State: Sendable, Equatable {
    case off
    case starting
    case listening(port: Int)
    /// With the reason; it is tried again.
    case failed(String)
  }

  private let host: String
  private let current = Mutex(State.off)
  private let onChange: @Sendable (State) -> Void

  /// - Parameter host: an IP address or a name, without brackets.
  package init(host: String, onChange: @escaping @Sendable (State) -> Void = { _ in }) {
    self.host = host
    self.onChange = onChange
  }

  package var state: State { current.withLock { $0 } }

  func set(_ state: State) {
    current.withLock { $0 = state }
    onChange(state)
  }

  /// Where a browser on this machine finds it; nil while it doesn't listen.
  package var url: String? {
    guard case .listening(let port) = state else { return nil }
    return switch host {
    case "0.0.0.0": "http://127.0.0.1:\(port)/"
    case "::": "http://[::1]:\(port)/"
    case _ where host.contains(":"): "http://[\(host)]:\(port)/"
    default: "http://\(host):\(port)/"
    }
  }
}
