import Expressions
import Settings

/// A request to somebody who is told, as what sends it takes it.
package struct Call: Sendable {
  package var method: String
  /// A secret.
  package var url: String
  package var headers: [(name: String, value: String)]
  package var credentials: ReceiverAddress.Credentials?
  package var body: JSONValue?

  init(
    _ method: String, _ url: String, headers: [(name: String, value: String)] = [],
    credentials: ReceiverAddress.Credentials? = nil, body: JSONValue? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.credentials = credentials
    self.body = body
  }
}

/// What came of a call, as far as it matters here.
package struct CallAnswer: Sendable {
  package var status: Int
  /// In seconds, where the server asked for it.
  package var retryAfter: Double?
  /// Where it sends us on to: nobody goes there.
  package var location: String?

  package init(status: Int, retryAfter: Double? = nil, location: String? = nil) {
    self.status = status
    self.retryAfter = retryAfter
    self.location = location
  }

  package var isSuccess: Bool { 200...299 ~= status }
}
