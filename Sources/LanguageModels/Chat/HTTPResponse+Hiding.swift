import Settings

extension HTTPResponse {
  /// Without the key, which some servers and gateways quote in what they refuse: reasons are shown and stored.
  func hiding(_ key: Secret?) -> HTTPResponse {
    guard let key, key.value.utf8.count >= Self.leastSecret,
      status != 200 || body.count <= Self.mostOfAnError
    else { return self }
    var response = self
    response.body = body.replacing(Array(key.value.utf8), with: Array("(hidden)".utf8))
    return response
  }

  /// Shorter ones are placeholders for servers that want none, such as "ollama", and words of an answer too.
  private static let leastSecret = 12
  /// A longer body is an answer.
  private static let mostOfAnError = 65_536
}
