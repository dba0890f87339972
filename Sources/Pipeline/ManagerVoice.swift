import ServiceHost
import Synchronization

/// What is told to the service manager, and in which order: a daemon that is not ready yet has nothing to reload, and one
/// that stops is never ready again.
final class ManagerVoice: Sendable {
  private static let firstExtension = Duration.seconds(30)

  enum Phase: Sendable { case starting, running, stopping }

  private let notifier: ServiceNotifier
  private let state = Mutex(Phase.starting)

  init(_ notifier: ServiceNotifier = ServiceNotifier()) { self.notifier = notifier }

  var phase: Phase { state.withLock { $0 } }

  func becomeReady(status: String) {
    state.withLock { phase in
      guard phase != .stopping else { return }
      phase = .running
      notifier.ready(status: status)
    }
  }

  func status(_ text: String) {
    state.withLock { phase in
      if phase != .stopping { notifier.status(text) }
    }
  }

  /// Around a reload; each `reloading` wants its `reloaded`, whatever came of it.
  func reloading() {
    state.withLock { phase in
      if phase == .running { notifier.reloading() }
    }
  }

  func reloaded(status: String) {
    state.withLock { phase in
      if phase == .running { notifier.ready(status: status) }
    }
  }

  func stopping(status: String) {
    state.withLock { phase in
      phase = .stopping
      notifier.stopping(status: status)
      // At once: the manager's patience may be shorter than the time to the next beat.
      notifier.extendTimeout(by: Self.firstExtension)
    }
  }

  /// Starting or stopping goes on, and takes longer than the manager may expect.
  func extendTimeout(by time: Duration) {
    state.withLock { phase in
      if phase != .running { notifier.extendTimeout(by: time) }
    }
  }

  func isAlive() { notifier.isAlive() }
}
