import CCurl
import Glibc

/// What the transfer thread does: it owns the multi handle and every transfer in it.
final class TransferLoop {
  /// Nothing happens by itself while there is no transfer.
  private static let idleWait = Duration.seconds(3_600)
  /// After libcurl itself has failed, so that a lasting fault doesn't spin.
  private static let faultWait: UInt32 = 100_000

  private let multi: MultiHandle
  private let mailbox: TransferMailbox
  private let options: HTTPOptions
  /// Those beyond the transfer limit, in the order in which they came.
  private var waiting: [PendingSend] = []
  private var active: [UnsafeMutableRawPointer: Transfer] = [:]

  init(_ multi: MultiHandle, mailbox: TransferMailbox, options: HTTPOptions) {
    self.multi = multi
    self.mailbox = mailbox
    self.options = options
    // Otherwise a connection would be closed as soon as few transfers are left.
    lfSetMultiLong(multi.pointer, CURLMOPT_MAXCONNECTS, max(1, options.transferLimit))
  }

  /// Returns once the mailbox is closed and every send settled.
  func run() {
    while true {
      let delivery = mailbox.take()
      for message in delivery.messages {
        switch message {
        case .start(let send): waiting.append(send)
        case .cancel(let send): cancel(send)
        }
      }
      if delivery.isLast { break }
      turn()
    }
    end()
  }

  private func turn() {
    endOverdue()
    admit()
    var runningCount: Int32 = 0
    var code = curl_multi_perform(multi.pointer, &runningCount)
    let isProgress = collect()
    if code == CURLM_OK, !isProgress {
      code = curl_multi_poll(multi.pointer, nil, 0, waitMilliseconds, nil)
    }
    if code != CURLM_OK { recover(from: code) }
  }

  private func cancel(_ send: PendingSend) {
    if let index = waiting.firstIndex(where: { $0 === send }) {
      waiting.remove(at: index)
      send.settle(.failure(CancellationError()))
    } else if let transfer = active.values.first(where: { $0.send === send }) {
      abandon(transfer, CancellationError())
    }
    // Otherwise it has its result, or its start comes later and finds it cancelled.
  }

  private func endOverdue() {
    let now = ContinuousClock.now
    for transfer in active.values {
      if let failure = transfer.overdue(at: now) { abandon(transfer, failure) }
    }
    waiting.removeAll { send in
      guard now >= send.deadline else { return false }
      send.settle(.failure(send.lateness("it still waited for other requests to end")))
      return true
    }
  }

  private func admit() {
    let room = max(1, options.transferLimit) - active.count
    guard room > 0, !waiting.isEmpty else { return }
    let admitted = waiting.prefix(room)
    waiting.removeFirst(admitted.count)
    for send in admitted { start(send) }
  }

  private func start(_ send: PendingSend) {
    guard !send.isCancelled else { return send.settle(.failure(CancellationError())) }
    do throws(HTTPFailure) {
      let transfer = try Transfer(send, options: options)
      guard curl_multi_add_handle(multi.pointer, transfer.easy) == CURLM_OK else {
        throw transfer.failure(CURLE_OUT_OF_MEMORY)
      }
      active[transfer.easy] = transfer
    } catch {
      send.settle(.failure(error))
    }
  }

  /// - Returns: whether a transfer is done, so that others may begin.
  private func collect() -> Bool {
    var isProgress = false
    var messageCount: Int32 = 0
    while let message = curl_multi_info_read(multi.pointer, &messageCount) {
      // The message is gone once its handle is removed.
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        let transfer = active[easy]
      else { continue }
      end(transfer, with: transfer.result(message.pointee.data.result))
      isProgress = true
    }
    return isProgress
  }

  /// Ends a transfer that libcurl still works on.
  private func abandon(_ transfer: Transfer, _ error: any Error) {
    transfer.forbidReuse()
    end(transfer, with: .failure(error))
  }

  /// Removed first, then told: whoever waits finds the connection free, or closed.
  private func end(_ transfer: Transfer, with result: Result<HTTPResponse, any Error>) {
    curl_multi_remove_handle(multi.pointer, transfer.easy)
    active[transfer.easy] = nil
    transfer.send.settle(result)
  }

  /// Until the next time limit; libcurl shortens it for its own.
  private var waitMilliseconds: Int32 {
    let next = (active.values.map(\.deadline) + waiting.map(\.deadline)).min()
    let wait = next.map { ContinuousClock.now.duration(to: $0) } ?? Self.idleWait
    // Rounded up: a wait of 0 until the limit has passed would spin.
    return Int32(min(max(wait, .zero), Self.idleWait) / .milliseconds(1)) + 1
  }

  private func recover(from code: CURLMcode) {
    let reason = String(cString: curl_multi_strerror(code))
    for transfer in active.values {
      let failure = HTTPFailure(
        kind: .dropped, message: "\(transfer.send.server): given up, libcurl failed (\(reason)).")
      abandon(transfer, failure)
    }
    usleep(Self.faultWait)
  }

  private func end() {
    for transfer in active.values {
      let failure = HTTPFailure(
        kind: .dropped,
        message: "\(transfer.send.server): given up, the client was closed before the answer came.")
      abandon(transfer, failure)
    }
    for send in waiting {
      send.settle(.failure(TransferMailbox.closedFailure(of: send)))
    }
    waiting = []
    multi.destroy()
  }
}
