import Expressions
import Foundation
import Settings

/// A response that is no answer, classed by what follows from it.
struct ServerRefusal {
  /// The response's, or what its error says where the response itself claims success: gateways have sent the head
  /// by the time the server behind them fails.
  let status: Int
  /// What the server says, cut to a length that fits a log line.
  let message: String
  /// The body's error, in the shape that most servers give it.
  let error: JSONValue?
  let response: HTTPResponse
  let now: Double
  /// All that the server says, in lower case.
  private let text: String
  private let isPage: Bool

  /// - Parameter error: where it stands elsewhere than in the body's `error`.
  init(_ response: HTTPResponse, error: JSONValue? = nil, now: Double) {
    let body = JSONText.decode(response.body)
    let error = error ?? body?["error"]
    let said =
      error?["message"]?.string ?? error?.string ?? body?["message"]?.string
      ?? body?["detail"]?.string ?? String(decoding: response.body.prefix(2_000), as: UTF8.self)
    isPage = body == nil && said.range(of: "<html", options: .caseInsensitive) != nil
    message = Self.words(isPage ? "it sent a web page" : said)
    // The rest of a long text is an example or an echo of the request.
    text = String(String.UnicodeScalarView(said.unicodeScalars.prefix(4_000))).lowercased()
    let code = error?["code"]?.integer ?? error?["code"]?.string.flatMap { Int($0) }
    status = if (200..<300) ~= response.status, let code { code } else { response.status }
    self.error = error
    self.response = response
    self.now = now
  }

  /// By its status alone, where the protocol knows nothing better.
  /// - Parameter settings: whom was asked, for what mends it.
  func failure(for settings: ProviderSettings) -> ExtractionFailure {
    let said = message.isEmpty ? "" : ": \(message)"
    switch status {
    case 200..<300 where isPage || says("unexpected endpoint"):
      return failure(.refused, "no model is at this address\(said); correct base_url")
    case 200..<300: return failure(.retry, "the answer is not what was asked for\(said)")
    case 300..<400:
      let place = response[header: "location"].flatMap { URLComponents(string: $0)?.host } ?? "?"
      return failure(
        .refused,
        "the server sends its callers to \(place): correct base_url (key and all are not sent on)")
    case 401, 403:
      guard settings.apiKey == nil else {
        return failure(.refused, "the server refuses the key (\(status))\(said)")
      }
      return failure(
        .refused,
        "the server refuses, and no key was sent (\(status))\(said); \(Self.keyWays(settings))")
    case 402: return failure(.refused, "the server wants to be paid (402)\(said)")
    case 404:
      return failure(
        .refused,
        "no model '\(settings.model)' at this address (404)\(said); correct model or base_url")
    case 405, 410, 421, 426:
      return failure(.refused, "the server takes no such request (\(status))\(said)")
    case 408, 409, 425, 499: return failure(.retry, "the server gave up (\(status))\(said)")
    case 413: return failure(.split, "the prompt is too long (413)\(said)")
    case 429, 498, 503, 529:
      return failure(
        .throttled(wait: ServerWait.wait(in: response, now: now)),
        "too much at once (\(status))\(said)")
    case 500...: return failure(.retry, "the server failed (\(status))\(said)")
    default:
      return failure(.permanent, "the server refuses this request (\(status))\(said)")
    }
  }

  /// How a server gets its key.
  private static func keyWays(_ settings: ProviderSettings) -> String {
    let own = SettingKeys.variable(ofProvider: settings.name, SettingKeys.apiKey)
    let vendors = ProviderSettings.preset(named: settings.name)?.vendorKeyVariables ?? []
    let ways = "set \(own), or providers.\(settings.name).api_key_file"
    guard let vendor = vendors.first else { return ways }
    return "\(vendor) goes to its vendor's own address only: for this base_url \(ways)"
  }

  func failure(_ kind: ExtractionFailure.Kind, _ reason: String) -> ExtractionFailure {
    ExtractionFailure(kind: kind, reason: reason)
  }

  /// - Parameter words: in lower case.
  func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }

  /// The number behind the word "limit", as in "limit: 0" and "Limit 500".
  var namedLimit: Int? {
    text.firstMatch(of: /limit:? (\d{1,9})\b/).flatMap { Int($0.1) }
  }

  /// The parameter that the server refuses by its name, if it does.
  /// - Parameter names: of those that were sent, in lower case.
  func namedParameter(among names: some Sequence<String>) -> String? {
    guard [400, 404, 415, 422].contains(status) else { return nil }
    if let parameter = error?["param"]?.string { return names.first { $0 == parameter } }
    guard
      says(
        "unsupported", "not support", "unknown", "unrecognized", "not permitted", "deprecated",
        "invalid parameter", "unexpected", "extra inputs", "cannot be specified", "not allowed")
    else { return nil }
    return names.first { text.contains($0) }
  }

  /// Text on one line, of a length that fits a log line.
  static func words(_ text: String) -> String {
    let spaced = text.unicodeScalars.prefix(2_000).map { scalar in
      scalar.properties.generalCategory == .control ? " " : scalar
    }
    let words = String(String.UnicodeScalarView(spaced)).split(separator: " ").joined(
      separator: " ")
    // Scalars, for a single character may be any number of them.
    let scalars = words.unicodeScalars
    return scalars.count > 300 ? String(String.UnicodeScalarView(scalars.prefix(300))) + "…" : words
  }
}
