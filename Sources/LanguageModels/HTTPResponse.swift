/// A server's whole answer, whatever its status.
package struct HTTPResponse: Sendable, Hashable {
  package var status: Int
  /// In the order in which they came; those of the last response where there were several.
  package var headers: [HTTPHeader]
  package var body: [UInt8]
  /// From the call to the last byte.
  package var duration: Duration

  package init(status: Int, headers: [HTTPHeader], body: [UInt8], duration: Duration) {
    self.status = status
    self.headers = headers
    self.body = body
    self.duration = duration
  }

  /// The first value of a header, by its name in any case.
  package subscript(header name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// Why there is no answer.
package struct HTTPFailure: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: String, Sendable, Hashable {
    /// No connection: unknown host, refused, no route, connect time limit. The request was not sent.
    case unreachable
    /// The server's certificate, or the TLS handshake.
    case untrusted
    /// The request's time limit, or a body that came too slowly.
    case timedOut
    /// The connection broke after the request was sent.
    case dropped
    /// The answer was beyond the size limit.
    case tooLarge
    /// The request or the options make no sense, such as a URL that is none.
    case invalid
  }
  package var kind: Kind
  /// What failed and how to mend it; without secrets.
  package var message: String

  package init(kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}

/// What sends requests: the libcurl client, and nothing else outside of tests of pure parts.
package protocol HTTPTransport: Sendable {
  /// - Throws: `HTTPFailure`; `CancellationError` once the task is cancelled, with the transfer removed.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
