import Glibc
import Synchronization
import SystemPackage

/// How other threads reach the watcher's thread: a flag each, and a socket that wakes it from
/// `poll`.
final class WatchSignals: Sendable {
  private struct State {
    var isStopped = false
    var wantsScan = false
    /// Called by the watcher's thread when it next comes round.
    var askers: [@Sendable () -> Void] = []
    /// Nil once closed: its number may belong to something else by then.
    var sender: Int32?
  }

  private let state: Mutex<State>
  /// Readable when there is a signal. Belongs to the watcher's thread, which closes it.
  let receiver: Int32

  init() throws(Errno) {
    var ends: [Int32] = [-1, -1]
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    guard socketpair(AF_UNIX, Int32(type), 0, &ends) == 0 else { throw Errno(rawValue: errno) }
    receiver = ends[0]
    state = Mutex(State(sender: ends[1]))
  }

  var isStopped: Bool { state.withLock { $0.isStopped } }

  func stop() {
    signal { $0.isStopped = true }
  }

  func scanSoon() {
    signal { $0.wantsScan = true }
  }

  /// Has the watcher's thread call `answer` when it next comes round; called at once where there is none any more.
  func ask(_ answer: @escaping @Sendable () -> Void) {
    let isClosed = state.withLock { state in
      guard state.sender != nil else { return true }
      state.askers.append(answer)
      return false
    }
    if isClosed { answer() } else { signal { _ in } }
  }

  /// Called by the watcher's thread in each round.
  func answerAskers() {
    let askers = state.withLock { state in
      defer { state.askers = [] }
      return state.askers
    }
    for answer in askers { answer() }
  }

  /// Whether a scan was asked for since the last call. Empties the socket first, so that no signal
  /// is missed.
  func takeScanWish() -> Bool {
    var bytes: UInt64 = 0
    while read(receiver, &bytes, 8) > 0 {}
    return state.withLock { state in
      defer { state.wantsScan = false }
      return state.wantsScan
    }
  }

  /// Called once, by the watcher's thread as its last use of this.
  func close() {
    let sender = state.withLock { state in
      defer { state.sender = nil }
      return state.sender
    }
    answerAskers()
    if let sender { _ = Glibc.close(sender) }
    _ = Glibc.close(receiver)
  }

  private func signal(_ change: (inout State) -> Void) {
    state.withLock { state in
      change(&state)
      // A full socket wakes the thread just as well.
      if let sender = state.sender { _ = write(sender, [1], 1) }
    }
  }
}
