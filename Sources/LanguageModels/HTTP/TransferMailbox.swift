import Synchronization

/// What callers tell the transfer thread; starts that thread for the first call.
final class TransferMailbox: Sendable {
  enum Message: Sendable {
    case start(PendingSend)
    case cancel(PendingSend)
  }

  /// What the thread finds.
  struct Delivery {
    var messages: [Message]
    /// Nothing comes any more, and nobody wakes the multi handle any more.
    var isLast: Bool
  }

  private enum Phase {
    /// No thread yet.
    case idle
    case open(MultiHandle)
    case closed
  }

  private struct State {
    var phase = Phase.idle
    var messages: [Message] = []
    var isThreadRunning = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let options: HTTPOptions
  private let state = Mutex(State())

  init(options: HTTPOptions) { self.options = options }

  func submit(_ send: PendingSend) {
    let failure: HTTPFailure? = state.withLock { state throws(Never) in
      switch state.phase {
      case .closed:
        return Self.closedFailure(of: send)
      case .open(let multi):
        Self.post(.start(send), to: &state, multi)
      case .idle:
        do throws(HTTPFailure) {
          try start(&state)
          state.messages.append(.start(send))
        } catch { return error }
      }
      return nil
    }
    if let failure { send.settle(.failure(failure)) }
  }

  func cancel(_ send: PendingSend) {
    state.withLock { state in
      switch state.phase {
      case .open(let multi): Self.post(.cancel(send), to: &state, multi)
      // Closing settles every send.
      case .idle, .closed: break
      }
    }
  }

  /// The thread then finds its last delivery.
  func close() {
    state.withLock { state in
      switch state.phase {
      case .open(let multi):
        state.phase = .closed
        multi.wake()
      case .idle: state.phase = .closed
      case .closed: break
      }
    }
  }

  /// Returns once the thread runs no more code of ours or of libcurl's; at once if there is none.
  func threadEnd() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        guard state.isThreadRunning else { return true }
        state.waiters.append(continuation)
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  /// For the thread: what came since the last call.
  func take() -> Delivery {
    state.withLock { state in
      let messages = state.messages
      state.messages = []
      return switch state.phase {
      case .closed: Delivery(messages: messages, isLast: true)
      case .idle, .open: Delivery(messages: messages, isLast: false)
      }
    }
  }

  static func closedFailure(of send: PendingSend) -> HTTPFailure {
    HTTPFailure(
      kind: .invalid, message: "\(send.server): nothing was sent, the client is closed.")
  }

  private static func post(_ message: Message, to state: inout State, _ multi: MultiHandle) {
    // One wakeup lasts until the thread has taken all messages.
    if state.messages.isEmpty { multi.wake() }
    state.messages.append(message)
  }

  private func start(_ state: inout State) throws(HTTPFailure) {
    let multi = try MultiHandle()
    let isStarted = OwnThread.start(name: "langflix-http") { [self, options] in
      TransferLoop(multi, mailbox: self, options: options).run()
      threadEnded()
    }
    guard isStarted else {
      multi.destroy()
      throw HTTPFailure(
        kind: .unreachable,
        message: "libcurl can't start: no more threads; raise the limit (TasksMax).")
    }
    state.isThreadRunning = true
    state.phase = .open(multi)
  }

  private func threadEnded() {
    let waiters = state.withLock { state in
      state.isThreadRunning = false
      let waiters = state.waiters
      state.waiters = []
      return waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}
