/// One request to a server.
package struct HTTPRequest: Sendable, Hashable {
  package var method: String
  /// Absolute, "http" or "https".
  package var url: String
  /// Secrets may stand here; they are never logged.
  package var headers: [HTTPHeader]
  package var body: [UInt8]
  /// From the call to the last byte of the answer.
  package var timeLimit: Duration

  package init(
    method: String = "POST", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
    timeLimit: Duration
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeLimit = timeLimit
  }
}

package struct HTTPHeader: Sendable, Hashable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
