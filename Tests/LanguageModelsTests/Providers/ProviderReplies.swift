import Expressions
import Foundation
import LanguageModels
import Settings

/// Answers in each provider's published shape, with 120 tokens read and 30 written.
enum ProviderReplies {
  static let answer = """
    {"contexts": [{"first_cue": 2, "last_cue": 4, "expressions": [{"expression": "call it a day", \
    "dictionary_form": "call it a day", "cues": [3], "meaning": "dejarlo por hoy", \
    "translation": "dejarlo por hoy"}]}]}
    """
  static let empty = #"{"contexts": []}"#

  static func text(_ text: String, from kind: ProviderSettings.Kind) -> HTTPResponse {
    let quoted = quoted(text)
    return switch kind {
    case .gemini:
      .json(
        """
        {"candidates": [{"content": {"role": "model", "parts": [{"text": \(quoted)}]}, \
        "finishReason": "STOP", "index": 0}], "modelVersion": "some-model-001", \
        "usageMetadata": {"promptTokenCount": 120, "candidatesTokenCount": 20, \
        "thoughtsTokenCount": 10, "totalTokenCount": 150}}
        """)
    case .openai:
      .json(
        """
        {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "some-model-001", \
        "choices": [{"index": 0, "finish_reason": "stop", \
        "message": {"role": "assistant", "content": \(quoted), "refusal": null}}], \
        "usage": {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}}
        """)
    case .ollama:
      .json(
        """
        {"model": "some-model-001", "created_at": "2026-11-22T12:00:00Z", "done": true, \
        "message": {"role": "assistant", "content": \(quoted)}, "done_reason": "stop", \
        "prompt_eval_count": 120, "eval_count": 30}
        """)
    case .anthropic:
      .json(
        """
        {"id": "msg_1", "type": "message", "role": "assistant", "model": "some-model-001", \
        "content": [{"type": "text", "text": \(quoted)}], "stop_reason": "end_turn", \
        "usage": {"input_tokens": 20, "cache_creation_input_tokens": 60, \
        "cache_read_input_tokens": 40, "output_tokens": 30}}
        """)
    }
  }

  /// An answer of Anthropic's through the tool.
  static let tool = HTTPResponse.json(
    """
    {"id": "msg_1", "type": "message", "role": "assistant", "model": "some-model-001", \
    "content": [{"type": "text", "text": "Let me see."}, {"type": "tool_use", "id": "toolu_1", \
    "name": "keep_expressions", "input": \(answer)}], "stop_reason": "tool_use", \
    "usage": {"input_tokens": 120, "output_tokens": 30}}
    """)

  static func quoted(_ text: String) -> String {
    let bytes = try? JSONEncoder().encode(JSONValue.string(text))
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }
}
