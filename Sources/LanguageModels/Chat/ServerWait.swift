import Foundation

/// Reads how long a server wants to be left alone.
enum ServerWait {
  private static let range = 0.0...86_400.0

  /// From the headers of a refusal: `retry-after-ms`, `Retry-After` in seconds or as a date, then what rate-limit
  /// headers say of the next reset.
  /// - Parameter now: seconds since 1970; the response's own date counts for more.
  static func wait(in response: HTTPResponse, now: Double) -> Duration? {
    if let text = response[header: "retry-after-ms"], let milliseconds = Double(text) {
      return clamped(milliseconds / 1_000)
    }
    if let text = response[header: "retry-after"] {
      if let seconds = Double(text.trimmingCharacters(in: .whitespaces)) { return clamped(seconds) }
      if let date = httpDate(text) {
        let serverNow = response[header: "date"].flatMap(httpDate) ?? now
        return clamped(date - serverNow)
      }
    }
    // What is left of the others does no harm, however long it takes to fill up.
    let resets = ["requests", "tokens"].compactMap { what -> Double? in
      guard response[header: "x-ratelimit-remaining-\(what)"] == "0" else { return nil }
      return response[header: "x-ratelimit-reset-\(what)"].flatMap(seconds)
    }
    return resets.max().flatMap(clamped)
  }

  /// "51s", "3.5s", "6m0s", "120ms", "1h2m3s" as seconds.
  static func seconds(_ text: String) -> Double? {
    var total = 0.0
    var rest = Substring(text.trimmingCharacters(in: .whitespaces))
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let value = Double(number), let factor = factors[String(unit)] else { return nil }
      total += value * factor
    }
    return total
  }

  static func clamped(_ seconds: Double) -> Duration? {
    guard seconds.isFinite else { return nil }
    return .seconds(min(max(seconds, range.lowerBound), range.upperBound))
  }

  private static let dateFormats = [
    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM d HH:mm:ss yyyy",
  ]

  private static let factors = ["ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400]

  /// Such as "Sun, 06 Nov 1994 08:49:37 GMT", and the two older forms that RFC 9110 still asks for.
  private static func httpDate(_ text: String) -> Double? {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    for format in dateFormats {
      formatter.dateFormat = format
      if let date = formatter.date(from: text) { return date.timeIntervalSince1970 }
    }
    return nil
  }
}
