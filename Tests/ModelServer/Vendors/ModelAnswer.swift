import Expressions

/// A model's answer, for `reply(to:)` to put into its vendor's published shape.
package struct ModelAnswer: Sendable, Hashable {
  package enum Finish: Sendable, Hashable {
    case complete
    /// The most tokens that were allowed are used up.
    case truncated
    /// The vendor's filter refuses the question.
    case promptBlocked
    /// The vendor's filter refuses the answer.
    case answerBlocked
  }
  package var text: String
  package var inputTokens: Int
  /// Without those spent on thinking.
  package var outputTokens: Int
  package var thinkingTokens: Int
  package var finish: Finish

  package init(
    _ text: String, inputTokens: Int = 100, outputTokens: Int = 50, thinkingTokens: Int = 0,
    finish: Finish = .complete
  ) {
    self.text = text
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    self.thinkingTokens = thinkingTokens
    self.finish = finish
  }

  /// Equal answers to equal requests are equal bytes; the times in them are made up.
  package func reply(to request: ModelRequest) -> ScriptedReply {
    switch request.vendor {
    case .gemini: .json(gemini(request))
    case .openai: .json(openAI(request), headers: ["x-request-id": "req_\(request.number)"])
    case .ollama: .json(ollama(request))
    case .anthropic: .json(anthropic(request), headers: ["request-id": "req_\(request.number)"])
    }
  }
}

extension ModelAnswer {
  private func gemini(_ request: ModelRequest) -> JSONValue {
    var usage: [String: JSONValue] = [
      "promptTokenCount": .integer(inputTokens),
      "totalTokenCount": .integer(inputTokens + outputTokens + thinkingTokens),
      "promptTokensDetails": [["modality": "TEXT", "tokenCount": .integer(inputTokens)]],
    ]
    if thinkingTokens > 0 { usage["thoughtsTokenCount"] = .integer(thinkingTokens) }
    var response: [String: JSONValue] = [
      "modelVersion": .string(request.model), "responseId": .string("response-\(request.number)"),
    ]
    switch finish {
    case .promptBlocked:
      usage["totalTokenCount"] = .integer(inputTokens)
      response["promptFeedback"] = ["blockReason": "PROHIBITED_CONTENT"]
    case .answerBlocked:
      response["candidates"] = [
        [
          "finishReason": "SAFETY", "index": 0,
          "safetyRatings": [
            ["category": "HARM_CATEGORY_HARASSMENT", "probability": "HIGH", "blocked": true]
          ],
        ]
      ]
    case .complete, .truncated:
      usage["candidatesTokenCount"] = .integer(outputTokens)
      response["candidates"] = [
        [
          "content": ["parts": [["text": .string(text)]], "role": "model"],
          "finishReason": finish == .complete ? "STOP" : "MAX_TOKENS", "index": 0,
        ]
      ]
    }
    response["usageMetadata"] = .object(usage)
    return .object(response)
  }

  private func openAI(_ request: ModelRequest) -> JSONValue {
    let isRefused = finish == .promptBlocked
    let reason =
      switch finish {
      case .complete, .promptBlocked: "stop"
      case .truncated: "length"
      case .answerBlocked: "content_filter"
      }
    return [
      "id": .string("chatcmpl-\(request.number)"), "object": "chat.completion",
      "created": 1_760_000_000, "model": .string(request.model), "service_tier": "default",
      "system_fingerprint": "fp_0000000000",
      "choices": [
        [
          "index": 0, "logprobs": .null, "finish_reason": .string(reason),
          "message": [
            "role": "assistant", "annotations": [],
            "content": isRefused ? .null : .string(finish == .answerBlocked ? "" : text),
            "refusal": isRefused ? "I'm sorry, but I can't help with that." : .null,
          ],
        ]
      ],
      "usage": [
        "prompt_tokens": .integer(inputTokens),
        "completion_tokens": .integer(outputTokens + thinkingTokens),
        "total_tokens": .integer(inputTokens + outputTokens + thinkingTokens),
        "prompt_tokens_details": ["cached_tokens": 0, "audio_tokens": 0],
        "completion_tokens_details": [
          "reasoning_tokens": .integer(thinkingTokens), "audio_tokens": 0,
          "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0,
        ],
      ],
    ]
  }

  /// A local model has no filter: what others block, it declines in words.
  private func ollama(_ request: ModelRequest) -> JSONValue {
    let isBlocked = finish == .promptBlocked || finish == .answerBlocked
    return [
      "model": .string(request.model), "created_at": "2025-10-09T08:53:20.123456789Z",
      "message": [
        "role": "assistant",
        "content": .string(isBlocked ? "I'm sorry, but I can't help with that." : text),
      ],
      "done": true, "done_reason": finish == .truncated ? "length" : "stop",
      "total_duration": 5_043_500_667, "load_duration": 5_025_959,
      "prompt_eval_count": .integer(inputTokens), "prompt_eval_duration": 325_953_000,
      "eval_count": .integer(outputTokens + thinkingTokens), "eval_duration": 4_709_213_000,
    ]
  }

  private func anthropic(_ request: ModelRequest) -> JSONValue {
    let isBlocked = finish == .promptBlocked || finish == .answerBlocked
    // What a model says instead of calling the tool comes as text; a call that was cut is empty.
    let input = JSONValue.decoded(from: text)?.members ?? (finish == .truncated ? [:] : nil)
    var content: JSONValue = [["type": "text", "text": .string(text)]]
    var reason = finish == .truncated ? "max_tokens" : "end_turn"
    if isBlocked {
      content = []
      reason = "refusal"
    } else if request.schemaMode == .tool, let input {
      content = [
        [
          "type": "tool_use", "id": .string("toolu_\(request.number)"),
          "name": .string(request.schemaName ?? ""), "input": .object(input),
        ]
      ]
      if finish == .complete { reason = "tool_use" }
    }
    return [
      "id": .string("msg_\(request.number)"), "type": "message", "role": "assistant",
      "model": .string(request.model), "content": content, "stop_reason": .string(reason),
      "stop_sequence": .null,
      "usage": [
        "input_tokens": .integer(inputTokens),
        "output_tokens": .integer(isBlocked ? 1 : outputTokens + thinkingTokens),
        "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
        "service_tier": "standard",
      ],
    ]
  }
}
