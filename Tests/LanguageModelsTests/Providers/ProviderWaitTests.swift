import Expressions
import LanguageModels
import Settings
import Testing

/// How long a server wants to be left alone, by the headers of a 429. It is noon of 22 November 2026.
struct ProviderWaitTests {
  static let day = Duration.seconds(86_400)

  static let table: [([String: String], Duration?)] = [
    ([:], nil),
    (["Retry-After": "7"], .seconds(7)),
    (["retry-after": " 7 "], .seconds(7)),
    (["Retry-After": "1.5"], .seconds(1.5)),
    (["Retry-After": "0"], .zero),
    (["Retry-After": "-5"], .zero),
    (["Retry-After": "99999999999999999999"], day),
    (["Retry-After": "soon"], nil),
    (["Retry-After": ""], nil),
    (["Retry-After": "nan"], nil),
    (["Retry-After": "inf"], nil),
    (["Retry-After": "Sun, 22 Nov 2026 12:00:30 GMT"], .seconds(30)),
    (["Retry-After": "Sun, 22 Nov 2026 11:00:00 GMT"], .zero),
    (["Retry-After": "Fri, 22 Nov 2126 12:00:00 GMT"], day),
    // The server's clock is ten minutes ahead: what counts is the span between its own two dates.
    (
      [
        "Retry-After": "Sun, 22 Nov 2026 12:10:20 GMT", "Date": "Sun, 22 Nov 2026 12:10:00 GMT",
      ], .seconds(20)
    ),
    (["retry-after-ms": "250"], .milliseconds(250)),
    (["retry-after-ms": "250", "Retry-After": "7"], .milliseconds(250)),
    (["retry-after-ms": "-1"], .zero),
    (["retry-after-ms": "?", "Retry-After": "7"], .seconds(7)),
    (resets(requests: "1s"), .seconds(1)),
    (resets(requests: "6m0s"), .seconds(360)),
    (resets(requests: "120ms"), .milliseconds(120)),
    (resets(requests: "1h2m3s"), .seconds(3_723)),
    (resets(requests: "2s", tokens: "7.5s"), .seconds(7.5)),
    (resets(requests: "900000h"), day),
    (resets(requests: "s"), nil),
    (resets(requests: "1..5s"), nil),
    (resets(requests: "5 parsecs"), nil),
  ]

  private static func resets(requests: String, tokens: String? = nil) -> [String: String] {
    var headers = [
      "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": requests,
    ]
    if let tokens {
      headers["x-ratelimit-remaining-tokens"] = "0"
      headers["x-ratelimit-reset-tokens"] = tokens
    }
    return headers
  }

  @Test(arguments: table)
  func wait(_ headers: [String: String], _ wait: Duration?) async {
    let failure = await ProviderBench.failure(.openai, HTTPResponse(429, headers, "{}"))
    #expect(failure?.kind == .throttled(wait: wait))
  }

  /// RFC 9110, 5.6.7: recipients must take all three forms.
  @Test(arguments: ["Sunday, 22-Nov-26 12:00:30 GMT", "Sun Nov 22 12:00:30 2026"])
  func obsoleteDates(_ date: String) async {
    let failure = await ProviderBench.failure(
      .openai, HTTPResponse(429, ["Retry-After": date], "{}"))
    #expect(failure?.kind == .throttled(wait: .seconds(30)))
  }
}
