import Glibc

/// Standard output and standard error as they are: a reader that has gone away is no reason to crash.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// Writes all of a text, in one call where the reader takes it.
  /// - Returns: false when nobody reads any more.
  @discardableResult
  package func write(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
      if written >= 0 {
        bytes = bytes.dropFirst(written)
      } else if errno == EAGAIN {
        // A terminal or pipe that someone set to non-blocking.
        var waiting = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, 1_000)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }
}
