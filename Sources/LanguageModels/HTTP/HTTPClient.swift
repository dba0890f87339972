/// The HTTP client: libcurl's multi interface on one thread of its own.
///
/// - Connections are kept and reused, also by requests at the same time where the server speaks
///   HTTP/2 (offered over TLS). A kept connection that turns out dead is replaced without notice.
/// - TLS certificates and host names are always verified.
/// - Redirects are not followed: the response is returned as it is.
/// - Proxies come from the environment, as libcurl reads it: `http_proxy` (lower case only) for
///   http URLs, `https_proxy` or `HTTPS_PROXY` for https URLs, `all_proxy` or `ALL_PROXY` for both,
///   and `no_proxy` or `NO_PROXY` for the hosts that need none.
/// - The thread starts with the first request and ends with `close` or the client's release.
package final class HTTPClient: HTTPTransport, Sendable {
  private let mailbox: TransferMailbox

  package init(options: HTTPOptions = HTTPOptions()) {
    mailbox = TransferMailbox(options: options)
  }

  deinit { mailbox.close() }

  /// Sends a request and waits for the whole answer, whatever its status.
  ///
  /// Cancelling the task removes the transfer and then throws. The connection is closed, unless
  /// other requests share it: then its stream is reset. An answer that is complete by then is still
  /// returned.
  ///
  /// - Throws: `HTTPFailure`, `CancellationError`.
  package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let send = try PendingSend(request)
    return try await withTaskCancellationHandler {
      try await send.result(submit: mailbox.submit)
    } onCancel: {
      if send.cancel() { mailbox.cancel(send) }
    }
  }

  /// Ends the thread, and every send that is pending with an `HTTPFailure`; later ones fail too.
  ///
  /// Returns at once, and may be called again.
  package func close() { mailbox.close() }

  /// Returns once the thread is done with libcurl and about to end; waits for `close` if it must. For tests, which look
  /// for what it may have left behind.
  package func closed() async { await mailbox.threadEnd() }
}
