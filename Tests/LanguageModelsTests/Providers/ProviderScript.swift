import LanguageModels

/// A server that says what it was told to, in order: for single exchanges whose every byte matters.
actor ProviderScript: HTTPTransport {
  private var steps: [Result<HTTPResponse, HTTPFailure>]
  private(set) var requests: [HTTPRequest] = []

  init(_ responses: HTTPResponse...) { steps = responses.map { .success($0) } }

  init(_ failure: HTTPFailure) { steps = [.failure(failure)] }

  func send(_ request: HTTPRequest) throws -> HTTPResponse {
    requests.append(request)
    guard !steps.isEmpty else { throw UnexpectedRequest() }
    return try steps.removeFirst().get()
  }

  /// One request more than the script has answers for.
  struct UnexpectedRequest: Error {}
}

extension HTTPResponse {
  init(_ status: Int, _ headers: [String: String] = [:], _ body: String = "") {
    self.init(
      status: status, headers: headers.map { HTTPHeader($0.key, $0.value) },
      body: Array(body.utf8), duration: .milliseconds(5))
  }

  static func json(
    _ body: String, status: Int = 200, headers: [String: String] = [:]
  ) -> HTTPResponse {
    HTTPResponse(status, headers, body)
  }
}
