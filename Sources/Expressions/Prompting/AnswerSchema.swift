/// What an answer must look like, said in the way of each kind of provider.
package struct AnswerSchema: Sendable {
  /// Part of the key that answers are kept under; changes with the shape.
  package static let version = "2"

  /// The subsets of JSON Schema that providers understand.
  package enum Dialect: Sendable, Hashable, CaseIterable {
    /// Draft 2020-12, for tools and for grammars (Ollama, llama.cpp, vLLM).
    case jsonSchema
    /// As OpenAI's strict mode wants it, without bounds: not every server that speaks the protocol
    /// takes them.
    case openAIStrict
    /// The part of an OpenAPI 3.0 schema that Gemini's `responseSchema` takes, without bounds: with
    /// them, nested arrays can be refused as too complex.
    case gemini
  }

  let shape: AnswerShape

  package init(for request: ExtractionRequest) { shape = .answer(to: request) }

  /// The schema. Encode it with sorted keys: the order of properties is then the one that the
  /// prompt's example shows, and the same in every request.
  package func schema(_ dialect: Dialect) -> JSONValue { shape.schema(dialect) }
}

extension AnswerShape {
  fileprivate func schema(_ dialect: AnswerSchema.Dialect) -> JSONValue {
    switch self {
    case .object(let properties):
      return object(properties, dialect)
    case .array(let element, let minimum, let maximum):
      var schema: [String: JSONValue] = [
        "type": type("array", dialect), "items": element.schema(dialect),
      ]
      if dialect == .jsonSchema {
        if minimum > 0 { schema["minItems"] = .number(Double(minimum)) }
        if let maximum { schema["maxItems"] = .number(Double(maximum)) }
      }
      return .object(schema)
    case .cueNumber:
      var schema: [String: JSONValue] = ["type": type("integer", dialect)]
      if dialect == .jsonSchema { schema["minimum"] = 1 }
      return .object(schema)
    case .string(let limit):
      var schema: [String: JSONValue] = ["type": type("string", dialect)]
      if dialect == .jsonSchema { schema["maxLength"] = .number(Double(limit)) }
      return .object(schema)
    case .optionalString(let limit):
      if dialect == .gemini { return ["type": "STRING", "nullable": true] }
      var schema: [String: JSONValue] = ["type": ["string", "null"]]
      if dialect == .jsonSchema { schema["maxLength"] = .number(Double(limit)) }
      return .object(schema)
    case .choice(let choices):
      var schema: [String: JSONValue] = [
        "type": type("string", dialect), "enum": .array(choices.map(JSONValue.string)),
      ]
      if dialect == .gemini { schema["format"] = "enum" }
      return .object(schema)
    }
  }

  private func object(
    _ properties: [Property], _ dialect: AnswerSchema.Dialect
  ) -> JSONValue {
    let names = JSONValue.array(properties.map { .string($0.name) })
    var schema: [String: JSONValue] = [
      "type": type("object", dialect),
      "properties": .object(
        Dictionary(
          uniqueKeysWithValues: properties.map { ($0.name, $0.shape.schema(dialect)) })),
      "required": names,
    ]
    if dialect == .gemini {
      schema["propertyOrdering"] = names
    } else {
      schema["additionalProperties"] = false
    }
    return .object(schema)
  }

  private func type(_ name: String, _ dialect: AnswerSchema.Dialect) -> JSONValue {
    .string(dialect == .gemini ? name.uppercased() : name)
  }
}
