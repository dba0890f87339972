/// How an answer in JSON is asked for.
package enum SchemaMode: String, Sendable, Hashable, Codable, CaseIterable {
  case jsonSchema = "json_schema"
  case jsonObject = "json_object"
  case tool
  case plainText = "plain_text"
}

/// What was found out about a server; remembered over restarts.
struct EndpointFacts: Sendable, Hashable, Codable {
  /// The way that is tried next, or has worked.
  var mode: SchemaMode
  /// Whether that way has ever given an answer.
  var isProven = false
  /// Parameters that the server refuses, by name.
  var refused: Set<String> = []
}

extension EndpointFacts {
  private enum CodingKeys: String, CodingKey {
    case mode, isProven, refused
  }

  /// Equal facts are equal bytes.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(mode, forKey: .mode)
    try container.encode(isProven, forKey: .isProven)
    try container.encode(refused.sorted(), forKey: .refused)
  }

  /// For the log.
  var summary: String {
    (["is asked by \(mode.rawValue)"] + refused.sorted().map { "does not take \($0)" })
      .joined(separator: ", ")
  }
}
