import Expressions
import Settings

/// Anthropic's messages, with a tool that the model is made to call, or else with a structured output.
struct AnthropicProtocol: ChatProtocol {
  let settings: ProviderSettings

  let schemaModes: [SchemaMode] = [.tool, .jsonSchema, .plainText]

  private static let toolName = "keep_expressions"
  private static let version = "2023-06-01"

  func request(_ order: ChatOrder, _ facts: EndpointFacts) throws -> HTTPRequest {
    var system = order.messages.system
    var body: [String: JSONValue] = [
      "model": .string(settings.model),
      "max_tokens": .number(Double(order.maxOutputTokens)),
      "messages": [["role": "user", "content": .string(order.messages.user)]],
    ]
    switch facts.mode {
    case .tool:
      body["tools"] = [
        [
          "name": .string(Self.toolName),
          "description": "Keeps the expressions that were picked from the dialogue.",
          "input_schema": order.schema.schema(.jsonSchema),
        ]
      ]
      body["tool_choice"] = [
        "type": "tool", "name": .string(Self.toolName), "disable_parallel_tool_use": true,
      ]
    case .jsonSchema:
      // It takes no bounds.
      body["output_config"] = [
        "format": ["type": "json_schema", "schema": order.schema.schema(.openAIStrict)]
      ]
    case .jsonObject, .plainText: system += SchemaInWords.text(order.schema)
    }
    body["system"] = .string(system)
    if let temperature = settings.temperature, !facts.refused.contains("temperature") {
      body["temperature"] = .number(temperature)
    }
    var headers = [HTTPHeader("anthropic-version", Self.version)]
    if let key = settings.apiKey { headers.append(HTTPHeader("x-api-key", key.value)) }
    return try .json(
      "\(settings.baseURL)/v1/messages", body, headers: headers, timeLimit: settings.timeLimit)
  }

  func reply(
    in response: HTTPResponse, to order: ChatOrder, _ facts: EndpointFacts, now: Double
  ) throws -> ChatReply {
    guard response.status == 200, let body = JSONText.decode(response.body),
      let content = body["content"]?.array
    else { throw refusal(ServerRefusal(response, now: now), facts) }
    let counts = body["usage"]
    let cached = ["cache_creation_input_tokens", "cache_read_input_tokens"]
      .compactMap { counts?[$0]?.tokenCount }.reduce(0, +)
    let usage = TokenUsage(
      input: (counts?["input_tokens"]?.tokenCount ?? order.estimate.input) + cached,
      output: counts?["output_tokens"]?.tokenCount ?? 0)
    switch body["stop_reason"]?.string {
    case "max_tokens", "model_context_window_exceeded":
      throw ExtractionFailure(
        kind: .split, reason: "the answer did not fit in \(usage.output) tokens", usage: usage)
    case "refusal":
      throw ExtractionFailure(kind: .permanent, reason: "the model declines", usage: usage)
    default: break
    }
    let tool = content.first { $0["type"]?.string == "tool_use" }?["input"]
    let text = content.compactMap { $0["text"]?.string }.joined()
    return ChatReply(
      text: try tool.map(JSONText.text) ?? text, usage: usage, model: body["model"]?.string)
  }

  private func refusal(_ refusal: ServerRefusal, _ facts: EndpointFacts) -> any Error {
    // It says so with 400.
    if refusal.says("credit balance", "usage limits") {
      return refusal.failure(.refused, "the account has no credit left: \(refusal.message)")
    }
    if refusal.says("prompt is too long", "exceed context limit") {
      return refusal.failure(.split, refusal.message)
    }
    if refusal.says("maximum allowed number of output tokens") {
      return refusal.failure(.split, "the model gives no such long answers: \(refusal.message)")
    }
    guard refusal.status == 400 else { return refusal.failure(for: settings) }
    if refusal.says(
      "tool_choice", "input_schema", "tools.", "thinking may not be enabled", "output_config",
      "output_format", "structured output", "schema")
    {
      return Lesson.schemaRefused(refusal.message)
    }
    if refusal.says("temperature"), !facts.refused.contains("temperature"),
      settings.temperature != nil
    {
      return Lesson.parameterRefused("temperature")
    }
    return refusal.failure(for: settings)
  }
}
