import Foundation
import Testing

@testable import LanguageModels

@Suite("Chat: how long a server wants to be left alone")
struct ServerWaitTests {
  @Test(
    "durations in words",
    arguments: [
      ("51s", 51), ("3.5s", 3.5), ("6m0s", 360), ("120ms", 0.12), ("1h2m3s", 3_723), ("1d", 86_400),
      ("0s", 0), (" 7s ", 7), ("", nil), ("s", nil), ("7", nil), ("-7s", nil), ("7x", nil),
      ("1.2.3s", nil), ("7s later", nil), ("٣s", nil),
    ] as [(String, Double?)])
  func seconds(_ text: String, _ expected: Double?) {
    #expect(ServerWait.seconds(text) == expected)
  }

  private static let now = 784_111_777.0  // Sun, 06 Nov 1994 08:49:37 GMT

  @Test(
    "headers",
    arguments: [
      (["Retry-After": "7"], 7), (["retry-after": " 7 "], 7), (["Retry-After": "0.5"], 0.5),
      (["Retry-After": "-3"], 0), (["Retry-After": "1e99"], 86_400), (["Retry-After": "nan"], nil),
      (["Retry-After": "inf"], nil), (["Retry-After": "soon"], nil), (["Retry-After": ""], nil),
      (["Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"], 30),
      (["Retry-After": "Sun, 06 Nov 1994 08:49:07 GMT"], 0),
      (["Retry-After": "Sun, 06 Nov 2994 08:49:07 GMT"], 86_400),
      (["Retry-After": "Sun, 32 Nov 1994 08:49:07 GMT"], nil),
      // The clock of the server, when it tells it.
      (
        [
          "Retry-After": "Sun, 06 Nov 1994 10:00:10 GMT", "Date": "Sun, 06 Nov 1994 10:00:00 GMT",
        ], 10
      ),
      (["retry-after-ms": "1250", "Retry-After": "9"], 1.25),
      (["retry-after-ms": "junk", "Retry-After": "9"], 9),
      (["retry-after-ms": "-1"], 0),
      (["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"], 360),
      (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "120ms"], 0.12),
      (["x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "6m0s"], nil),
      ([:], nil),
    ] as [([String: String], Double?)])
  func headers(_ fields: [String: String], _ expected: Double?) {
    let response = HTTPResponse(
      status: 429, headers: fields.map { HTTPHeader($0.key, $0.value) }, body: [], duration: .zero)
    #expect(
      ServerWait.wait(in: response, now: Self.now) == expected.map { Duration.seconds($0) })
  }
}
