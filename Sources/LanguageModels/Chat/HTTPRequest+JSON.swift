import Expressions
import Foundation

extension HTTPRequest {
  static func json(
    _ url: String, _ body: [String: JSONValue], headers: [HTTPHeader], timeLimit: Duration
  ) throws -> HTTPRequest {
    HTTPRequest(
      url: url,
      headers: [
        HTTPHeader("Content-Type", "application/json"), HTTPHeader("Accept", "application/json"),
      ]
        + headers,
      body: Array(try JSONText.text(.object(body)).utf8), timeLimit: timeLimit)
  }
}

extension JSONText {
  /// With sorted keys: the same question is the same bytes, and schemas list properties as the prompt's example does.
  static func text(_ value: JSONValue) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

/// The schema as a part of the prompt, for servers that take none.
enum SchemaInWords {
  static func text(_ schema: AnswerSchema) -> String {
    let json = (try? JSONText.text(schema.schema(.openAIStrict))) ?? ""
    return "\n\nAnswer with one JSON object of this JSON Schema, and nothing else:\n\(json)\n"
  }
}
