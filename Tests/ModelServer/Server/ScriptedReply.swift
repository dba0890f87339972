import Expressions

/// What the server does with one request.
package struct ScriptedReply: Sendable, Hashable {
  package enum Body: Sendable, Hashable {
    /// All at once, with its length declared.
    case bytes([UInt8])
    /// One after the other, chunked unless the headers declare a length.
    case pieces([Piece])
    /// The block again and again until the client hangs up, with a pause before each.
    case endless([UInt8], pause: Duration)
    /// The head declares this length, fewer bytes follow, and the connection closes.
    case truncated([UInt8], declaredLength: Int)
    /// The connection closes without a byte of response.
    case dropped
  }

  package struct Piece: Sendable, Hashable {
    package var pause: Duration
    package var bytes: [UInt8]

    package init(after pause: Duration = .zero, _ bytes: [UInt8]) {
      self.pause = pause
      self.bytes = bytes
    }
  }

  package var status: Int
  package var headers: HeaderFields
  package var body: Body
  /// Between the request and the head of the response, or the closing of the connection.
  package var delay: Duration

  package init(
    status: Int = 200, headers: HeaderFields = [:], body: Body = .bytes([]),
    delay: Duration = .zero
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.delay = delay
  }
}

extension ScriptedReply {
  package static let dropped = ScriptedReply(body: .dropped)

  /// Keys in alphabetical order, so that equal values are equal bytes.
  package static func json(
    _ value: JSONValue, status: Int = 200, headers: HeaderFields = [:], delay: Duration = .zero
  ) -> Self {
    var headers = headers
    headers["Content-Type"] = "application/json; charset=utf-8"
    return Self(status: status, headers: headers, body: .bytes(value.encodedBytes), delay: delay)
  }

  package static func text(_ text: String, status: Int = 200, headers: HeaderFields = [:]) -> Self {
    var headers = headers
    headers["Content-Type"] = "text/plain; charset=utf-8"
    return Self(status: status, headers: headers, body: .bytes(Array(text.utf8)))
  }

  package static func redirect(to location: String, status: Int = 302) -> Self {
    Self(status: status, headers: ["Location": location])
  }

  /// The same reply, later.
  package func delayed(by delay: Duration) -> Self {
    var reply = self
    reply.delay += delay
    return reply
  }

  /// The same reply with its body cut after so many bytes, though the head declares all of it.
  package func truncated(to count: Int) -> Self {
    guard case .bytes(let bytes) = body else { return self }
    var reply = self
    reply.body = .truncated(Array(bytes.prefix(count)), declaredLength: bytes.count)
    return reply
  }

  /// The same reply with its body in so many pieces and a pause before each.
  package func slow(pieces count: Int, pause: Duration) -> Self {
    guard case .bytes(let bytes) = body, count > 0 else { return self }
    var reply = self
    reply.body = .pieces(
      (0..<count).map { index in
        Piece(
          after: pause,
          Array(bytes[(bytes.count * index / count)..<(bytes.count * (index + 1) / count)]))
      })
    return reply
  }
}
