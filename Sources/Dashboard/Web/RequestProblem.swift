import HTTPTypes

/// Why a request is not served, in words for who sent it.
struct RequestProblem: Error, Sendable {
  var status: HTTPResponse.Status
  var message: String
  /// Sent along: `Allow`, `Retry-After`, `WWW-Authenticate`.
  var headers: HTTPFields

  init(_ status: HTTPResponse.Status, _ message: String, headers: HTTPFields = [:]) {
    self.status = status
    self.message = message
    self.headers = headers
  }

  static let notFound = RequestProblem(.notFound, "there is nothing here")
}
