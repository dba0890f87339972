import LanguageModels
import Testing

extension HTTPClient {
  /// The failure that a send ends with; anything else fails the test.
  func failure(
    of request: HTTPRequest, sourceLocation: SourceLocation = #_sourceLocation
  ) async -> HTTPFailure? {
    await #expect(throws: HTTPFailure.self, sourceLocation: sourceLocation) {
      try await send(request)
    }
  }
}

extension HTTPResponse {
  var bodyText: String { String(decoding: body, as: UTF8.self) }
}

extension HTTPOptions {
  /// The defaults, but for what `change` sets.
  static func with(_ change: (inout HTTPOptions) -> Void) -> HTTPOptions {
    var options = HTTPOptions()
    change(&options)
    return options
  }
}
