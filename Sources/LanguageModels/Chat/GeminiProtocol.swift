import Expressions
import Settings

/// Google's `generateContent`.
struct GeminiProtocol: ChatProtocol {
  let settings: ProviderSettings

  let schemaModes: [SchemaMode] = [.jsonSchema, .jsonObject, .plainText]

  enum Parameter {
    static let thinking = "thinkingConfig"
    static let system = "systemInstruction"
  }

  func request(_ order: ChatOrder, _ facts: EndpointFacts) throws -> HTTPRequest {
    var system = order.messages.system
    let thinking = facts.refused.contains(Parameter.thinking) ? nil : thinking
    let room = thinksLittle(thinking) ? 0 : TokenEstimate.thoughts
    var config: [String: JSONValue] = [
      "maxOutputTokens": .number(Double(order.maxOutputTokens + room))
    ]
    config["thinkingConfig"] = thinking
    if let temperature = settings.temperature { config["temperature"] = .number(temperature) }
    if facts.mode != .plainText { config["responseMimeType"] = "application/json" }
    if facts.mode == .jsonSchema {
      config["responseSchema"] = order.schema.schema(.gemini)
    } else {
      system += SchemaInWords.text(order.schema)
    }
    var body: [String: JSONValue] = ["generationConfig": .object(config)]
    var user: [JSONValue] = [["text": .string(order.messages.user)]]
    if facts.refused.contains(Parameter.system) {
      user.insert(["text": .string(system)], at: 0)
    } else {
      body["systemInstruction"] = ["parts": [["text": .string(system)]]]
    }
    body["contents"] = [["role": "user", "parts": .array(user)]]
    // A header, for addresses end up in logs.
    let key = settings.apiKey.map { [HTTPHeader("x-goog-api-key", $0.value)] }
    return try .json(
      "\(settings.baseURL)/models/\(settings.model.trimmingPrefix("models/")):generateContent",
      body, headers: key ?? [],
      timeLimit: settings.timeLimit)
  }

  /// As little as the model lets itself be told: thoughts are paid for, take the answer's room, and the task needs
  /// none. Models before 2.5 refuse to be told. Google reads both spellings of names; its own client sends these.
  private var thinking: JSONValue? {
    let model = settings.model
    if model.hasPrefix("gemini-2.5-flash") { return ["thinking_budget": 0] }
    if model.hasPrefix("gemini-2.5-pro") { return ["thinking_budget": 128] }
    if model.hasPrefix("gemini-3") { return ["thinking_level": "LOW"] }
    return nil
  }

  private func thinksLittle(_ thinking: JSONValue?) -> Bool {
    thinking?["thinking_budget"] != nil
      || ["gemini-1", "gemini-2.0", "gemma"].contains { settings.model.hasPrefix($0) }
  }

  func reply(
    in response: HTTPResponse, to order: ChatOrder, _ facts: EndpointFacts, now: Double
  ) throws -> ChatReply {
    guard response.status == 200, let body = JSONText.decode(response.body),
      body["candidates"] != nil || body["promptFeedback"] != nil || body["usageMetadata"] != nil
    else { throw refusal(ServerRefusal(response, now: now), facts) }
    let counts = body["usageMetadata"]
    let usage = TokenUsage(
      input: counts?["promptTokenCount"]?.tokenCount ?? order.estimate.input,
      output: (counts?["candidatesTokenCount"]?.tokenCount ?? 0)
        + (counts?["thoughtsTokenCount"]?.tokenCount ?? 0))
    func failure(_ kind: ExtractionFailure.Kind, _ reason: String) -> ExtractionFailure {
      ExtractionFailure(kind: kind, reason: reason, usage: usage)
    }
    if let reason = body["promptFeedback"]?["blockReason"]?.string {
      throw failure(.permanent, "blocked by the provider: \(ServerRefusal.words(reason))")
    }
    guard let candidate = body["candidates"]?.array?.first else {
      throw failure(.retry, "the model gave no answer")
    }
    let reason = candidate["finishReason"]?.string ?? "STOP"
    switch reason {
    case "STOP": break
    case "MAX_TOKENS": throw failure(.split, "the answer did not fit in \(usage.output) tokens")
    case "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "RECITATION", "SPII", "IMAGE_SAFETY",
      "LANGUAGE":
      throw failure(.permanent, "blocked by the provider: \(reason)")
    default: throw failure(.retry, "the model ended early: \(ServerRefusal.words(reason))")
    }
    let parts = candidate["content"]?["parts"]?.array ?? []
    let text = parts.filter { $0["thought"] != true }.compactMap { $0["text"]?.string }.joined()
    return ChatReply(text: text, usage: usage, model: body["modelVersion"]?.string)
  }
}
