import CCurl

extension HTTPRequest {
  /// Headers that frame the message, which only the client knows how to write.
  private static let ownHeaders: Set = ["content-length", "transfer-encoding", "expect"]

  /// - Returns: the server's host, with its port if one is given, as messages may name it.
  /// - Throws: `HTTPFailure.Kind.invalid` for what must not be sent.
  func checkedServer() throws(HTTPFailure) -> String {
    guard Self.isToken(method) else {
      throw HTTPFailure(kind: .invalid, message: "The method of an HTTP request is not a word.")
    }
    for header in headers { try Self.check(header) }
    return try Self.server(of: url)
  }

  private static func check(_ header: HTTPHeader) throws(HTTPFailure) {
    guard isToken(header.name) else {
      throw HTTPFailure(
        kind: .invalid,
        message: "The name of an HTTP header holds a character that names may not hold.")
    }
    guard !ownHeaders.contains(header.name.lowercased()) else {
      throw HTTPFailure(
        kind: .invalid, message: "The HTTP header \(header.name) is set by the client itself.")
    }
    guard !header.value.utf8.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 }) else {
      throw HTTPFailure(
        kind: .invalid,
        message: """
          The value of the HTTP header \(header.name) holds a line break or a zero byte; if it is \
          a key from a file, check that the file holds the key alone.
          """)
    }
  }

  /// As RFC 9110 defines a token.
  private static func isToken(_ text: String) -> Bool {
    let allowed = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz".utf8
    return !text.isEmpty && text.utf8.allSatisfy { $0 < 128 }
      && text.lowercased().utf8.allSatisfy(allowed.contains)
  }

  private static func server(of url: String) throws(HTTPFailure) -> String {
    func refusal(_ reason: String) -> HTTPFailure {
      // Not the URL itself: it may hold a key.
      HTTPFailure(
        kind: .invalid,
        message: "The URL of a request can't be used: \(reason). Check the provider's base URL.")
    }
    guard !url.utf8.contains(0) else { throw refusal("it holds a zero byte") }
    guard let handle = curl_url() else { throw refusal("out of memory") }
    defer { curl_url_cleanup(handle) }
    let code = curl_url_set(handle, CURLUPART_URL, url, 0)
    guard code == CURLUE_OK else { throw refusal(String(cString: curl_url_strerror(code))) }
    func part(_ part: CURLUPart) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
      defer { curl_free(text) }
      return String(cString: text)
    }
    let scheme = part(CURLUPART_SCHEME)
    guard scheme == "http" || scheme == "https" else {
      throw refusal("it begins with neither http:// nor https://")
    }
    guard let host = part(CURLUPART_HOST), !host.isEmpty else { throw refusal("it names no host") }
    return part(CURLUPART_PORT).map { "\(host):\($0)" } ?? host
  }
}
