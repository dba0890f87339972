extension JSONValue {
  /// With other texts in the place of those that are among `texts`, wherever they stand as a value.
  package func replacing(_ texts: [String: String]) -> JSONValue {
    switch self {
    case .string(let text): .string(texts[text] ?? text)
    case .array(let elements): .array(elements.map { $0.replacing(texts) })
    case .object(let members): .object(members.mapValues { $0.replacing(texts) })
    case .null, .bool, .number: self
    }
  }
}
