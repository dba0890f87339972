import CCurl

/// A libcurl multi handle, on its way to the transfer thread.
///
/// `@unchecked Sendable`: all but `wake` is called by the transfer thread alone; `wake`, which
/// libcurl allows on any thread, only under the mailbox's lock while the mailbox is open, and the
/// thread destroys the handle after it has found the mailbox closed under the same lock.
struct MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  init() throws(HTTPFailure) {
    guard CurlLibrary.isReady, let pointer = curl_multi_init() else {
      throw HTTPFailure(
        kind: .unreachable, message: "libcurl can't start: out of memory; free some memory.")
    }
    self.pointer = pointer
    // libcurl also gives a handle that can't be woken, when it gets no socket pair.
    guard wake() else {
      destroy()
      throw HTTPFailure(
        kind: .unreachable,
        message: "libcurl can't start: too many open files; raise the limit (LimitNOFILE).")
    }
  }

  /// Ends a wait of the transfer thread, or its next one.
  @discardableResult func wake() -> Bool { curl_multi_wakeup(pointer) == CURLM_OK }

  func destroy() { curl_multi_cleanup(pointer) }
}
