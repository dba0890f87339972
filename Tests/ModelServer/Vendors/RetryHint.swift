import Foundation

/// How a server says when to come again.
package enum RetryHint: Sendable, Hashable {
  case none
  /// `Retry-After` with seconds.
  case seconds(Int)
  /// `Retry-After` with a date; whole seconds.
  case date(Date)
  /// `retry-after-ms`.
  case milliseconds(Int)
  /// Google's `RetryInfo` in the body, such as "51.25s"; other vendors have no such thing.
  case retryInfo(seconds: Double)

  var headers: HeaderFields {
    switch self {
    case .none, .retryInfo: [:]
    case .seconds(let seconds): ["Retry-After": String(seconds)]
    case .date(let date): ["Retry-After": Self.httpDate(date)]
    case .milliseconds(let count): ["retry-after-ms": String(count)]
    }
  }

  /// Such as "Sun, 06 Nov 1994 08:49:37 GMT".
  package static func httpDate(_ date: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return formatter.string(from: date)
  }
}
