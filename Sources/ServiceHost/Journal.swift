import CSystemd
import Glibc

/// systemd's journal, for native fields.
package enum Journal {
  /// Whether standard error is the journal: JOURNAL_STREAM alone may be inherited by a program whose output somebody has
  /// redirected since.
  package static var isStandardError: Bool {
    guard let stream = getenv("JOURNAL_STREAM") else { return false }
    return lf_is_stream(STDERR_FILENO, stream) == 1
  }

  /// Sends one entry of "FIELD=value" items; values may be any bytes.
  /// - Returns: false when the journal does not take it.
  @Sendable package static func send(_ items: [String]) -> Bool {
    // All items in one buffer, for the addresses of several strings can't be held at once.
    let bytes = items.map { Array($0.utf8) }
    var all = bytes.flatMap(\.self)
    return all.withUnsafeMutableBytes { buffer in
      guard var place = buffer.baseAddress else { return false }
      let vectors = bytes.map { item in
        defer { place += item.count }
        return iovec(iov_base: place, iov_len: item.count)
      }
      return sd_journal_sendv(vectors, Int32(vectors.count)) == 0
    }
  }
}
