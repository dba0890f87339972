import Expressions

/// A request as the server got it, recorded when its last byte had come and before it is answered.
package struct RecordedRequest: Sendable, Hashable {
  /// Its number in the order of arrival, from 1.
  package var number: Int
  package var method: String
  /// As it was sent: not percent-decoded, without the query.
  package var path: String
  package var query: String?
  package var headers: HeaderFields
  package var body: [UInt8]
  package var receivedAt: ContinuousClock.Instant

  package init(
    number: Int, method: String, path: String, query: String? = nil, headers: HeaderFields,
    body: [UInt8], receivedAt: ContinuousClock.Instant = .now
  ) {
    self.number = number
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
    self.receivedAt = receivedAt
  }

  /// The body, when it is JSON.
  package var json: JSONValue? { JSONValue.decoded(from: body) }
}

extension RecordedRequest: CustomStringConvertible, CustomReflectable {
  package var description: String { "#\(number) \(method) \(path) (\(body.count) bytes)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension RecordedRequest {
  /// The requests as JSON for `vendor_clients.py parse-requests`; keys are left out.
  /// Those that none of the vendors knows have the vendor null, and the script refuses them.
  package static func export(_ requests: [RecordedRequest]) -> [UInt8] {
    JSONValue.array(
      requests.map { request in
        [
          "vendor": Vendor(of: request).map { .string($0.rawValue) } ?? .null,
          "method": .string(request.method),
          "path": .string(request.path),
          "query": request.query.map { .string(Vendor.withoutKey(query: $0)) } ?? .null,
          "headers": .object(request.headers.withoutSecrets.mapValues { .string($0) }),
          "body": request.json ?? .null,
        ]
      }
    ).encodedBytes
  }
}
