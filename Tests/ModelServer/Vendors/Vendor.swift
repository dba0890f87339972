/// A protocol that the server speaks, in its vendor's published shape.
package enum Vendor: String, Sendable, Hashable, CaseIterable {
  case gemini, openai, ollama, anthropic

  /// Nil for a request that asks none of them for an answer.
  package init?(of request: RecordedRequest) {
    guard request.method == "POST" else { return nil }
    if request.path.hasSuffix(":generateContent") {
      self = .gemini
    } else if request.path.hasSuffix("/chat/completions") {
      self = .openai
    } else if request.path.hasSuffix("/api/chat") {
      self = .ollama
    } else if request.path.hasSuffix("/v1/messages"),
      request.headers["anthropic-version"] != nil
    {
      self = .anthropic
    } else {
      return nil
    }
  }

  /// Whether the request bears a key in the way that this vendor wants it.
  func hasKey(_ request: RecordedRequest) -> Bool {
    let bearer = request.headers["authorization"]?.hasPrefix("Bearer ") ?? false
    return switch self {
    case .gemini:
      request.headers["x-goog-api-key"] != nil
        || Self.parameters(request.query ?? "").contains { $0.hasPrefix("key=") }
    case .openai, .ollama: bearer
    case .anthropic: request.headers["x-api-key"] != nil || bearer
    }
  }

  /// The query with "(present)" for a key in it.
  static func withoutKey(query: String) -> String {
    parameters(query).map { $0.hasPrefix("key=") ? "key=(present)" : String($0) }
      .joined(separator: "&")
  }

  private static func parameters(_ query: String) -> [Substring] {
    query.split(separator: "&", omittingEmptySubsequences: false)
  }
}
