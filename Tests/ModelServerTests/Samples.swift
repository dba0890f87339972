import Expressions
import Foundation
import ModelServer

/// Requests as a program of ours could send them, one for each vendor.
enum Samples {
  static let schema: JSONValue = [
    "type": "object", "properties": ["contexts": ["type": "array", "items": ["type": "string"]]],
    "required": ["contexts"],
  ]

  static func body(
    _ vendor: Vendor, user: String = "[1] Get out of here!", schema: JSONValue = schema
  ) -> [String: JSONValue] {
    let messages: JSONValue = [
      ["role": "system", "content": "Find."], ["role": "user", "content": .string(user)],
    ]
    return switch vendor {
    case .gemini:
      [
        "contents": [["role": "user", "parts": [["text": .string(user)]]]],
        "systemInstruction": ["parts": [["text": "Find."]]],
        "generationConfig": [
          "responseMimeType": "application/json", "responseSchema": schema, "maxOutputTokens": 99,
        ],
      ]
    case .openai:
      [
        "model": "test-model", "messages": messages, "max_completion_tokens": 99,
        "response_format": [
          "type": "json_schema",
          "json_schema": ["name": "answer", "strict": true, "schema": schema],
        ],
      ]
    case .ollama:
      [
        "model": "test-model", "messages": messages, "format": schema, "stream": false,
        "options": ["num_ctx": 8192],
      ]
    case .anthropic:
      [
        "model": "test-model", "messages": [["role": "user", "content": .string(user)]],
        "system": "Find.", "max_tokens": 99,
        "tools": [["name": "answer", "description": "Answers.", "input_schema": schema]],
        "tool_choice": ["type": "tool", "name": "answer"],
      ]
    }
  }

  static func request(_ vendor: Vendor, _ body: [String: JSONValue]? = nil) -> RecordedRequest {
    let path =
      switch vendor {
      case .gemini: "/v1beta/models/test-model:generateContent"
      case .openai: "/v1/chat/completions"
      case .ollama: "/api/chat"
      case .anthropic: "/v1/messages"
      }
    var headers: HeaderFields =
      switch vendor {
      case .gemini: ["x-goog-api-key": "hidden-key"]
      case .openai, .ollama: ["Authorization": "Bearer hidden-key"]
      case .anthropic: ["x-api-key": "hidden-key", "anthropic-version": "2023-06-01"]
      }
    headers["Content-Type"] = "application/json"
    let bytes = try? JSONEncoder().encode(JSONValue.object(body ?? self.body(vendor)))
    return RecordedRequest(
      number: 1, method: "POST", path: path, headers: headers, body: Array(bytes ?? Data()),
      receivedAt: ContinuousClock.now)
  }
}

extension ScriptedReply {
  var json: JSONValue? {
    guard case .bytes(let bytes) = body else { return nil }
    return try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  /// The model's words in a reply of this vendor.
  func answer(_ vendor: Vendor) -> String? {
    switch vendor {
    case .gemini:
      json?["candidates"]?.array?.first?["content"]?["parts"]?.array?.first?["text"]?.string
    case .openai: json?["choices"]?.array?.first?["message"]?["content"]?.string
    case .ollama: json?["message"]?["content"]?.string
    case .anthropic:
      json?["content"]?.array?.first.flatMap { block in
        block["text"]?.string ?? (block["input"].map { Self.text($0) })
      }
    }
  }

  private static func text(_ value: JSONValue) -> String {
    (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
