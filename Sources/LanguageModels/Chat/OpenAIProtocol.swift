import Expressions
import Settings

/// Chat completions, as OpenAI and most other servers speak them.
struct OpenAIProtocol: ChatProtocol {
  let settings: ProviderSettings

  let schemaModes: [SchemaMode] = [.jsonSchema, .jsonObject, .plainText]

  var isOpenAI: Bool { settings.baseURL.hasPrefix("https://api.openai.com/") }

  /// Whether the model thinks before it answers, which counts among the answer's tokens.
  private var isReasoner: Bool {
    settings.model.wholeMatch(of: /(openai\/)?(o[1-9]|gpt-5).*/) != nil
  }

  func request(_ order: ChatOrder, _ facts: EndpointFacts) throws -> HTTPRequest {
    var system = order.messages.system
    if facts.mode != .jsonSchema { system += SchemaInWords.text(order.schema) }
    var body: [String: JSONValue] = [
      "model": .string(settings.model),
      "messages": [
        ["role": "system", "content": .string(system)],
        ["role": "user", "content": .string(order.messages.user)],
      ],
    ]
    for (name, value) in parameters(order, facts) { body[name] = value }
    switch facts.mode {
    case .jsonSchema, .tool:
      // Bounds keep small models behind a grammar from going round in circles; hosted services' strict modes take none.
      let dialect: AnswerSchema.Dialect =
        settings.baseURL.hasPrefix("https://") ? .openAIStrict : .jsonSchema
      body["response_format"] = [
        "type": "json_schema",
        "json_schema": [
          "name": "expressions", "strict": true, "schema": order.schema.schema(dialect),
        ],
      ]
    case .jsonObject: body["response_format"] = ["type": "json_object"]
    case .plainText: break
    }
    let authorization = settings.apiKey.map {
      [HTTPHeader("Authorization", "Bearer \($0.value)")]
    }
    return try .json(
      "\(settings.baseURL)/chat/completions", body, headers: authorization ?? [],
      timeLimit: settings.timeLimit)
  }

  /// What the server may refuse by name.
  func parameters(_ order: ChatOrder, _ facts: EndpointFacts) -> [String: JSONValue] {
    var parameters: [String: JSONValue] = [:]
    // The reasoning models take the new name only, most other servers the old one.
    let names = ["max_completion_tokens", "max_tokens"]
    if let name = (isOpenAI ? names : names.reversed()).first(where: {
      !facts.refused.contains($0)
    }) {
      let room = isReasoner ? TokenEstimate.thoughts : 0
      parameters[name] = .number(Double(order.maxOutputTokens + room))
    }
    parameters["temperature"] = settings.temperature.map(JSONValue.number)
    if isReasoner { parameters["reasoning_effort"] = "low" }
    return parameters.filter { !facts.refused.contains($0.key) }
  }

  func reply(
    in response: HTTPResponse, to order: ChatOrder, _ facts: EndpointFacts, now: Double
  ) throws -> ChatReply {
    guard response.status == 200, let body = JSONText.decode(response.body),
      let choice = body["choices"]?.array?.first
    else { throw refusal(ServerRefusal(response, now: now), order, facts) }
    // A gateway's word that the server behind it failed.
    if let error = choice["error"], error != .null {
      throw refusal(ServerRefusal(response, error: error, now: now), order, facts)
    }
    let usage = TokenUsage(
      input: body["usage"]?["prompt_tokens"]?.tokenCount ?? order.estimate.input,
      output: body["usage"]?["completion_tokens"]?.tokenCount ?? 0)
    let message = choice["message"]
    if let words = message?["refusal"]?.string, !words.isEmpty {
      throw ExtractionFailure(
        kind: .permanent, reason: "the model declines: \(ServerRefusal.words(words))", usage: usage)
    }
    switch choice["finish_reason"]?.string {
    case "length":
      throw ExtractionFailure(
        kind: .split, reason: "the answer did not fit in \(usage.output) tokens", usage: usage)
    case "content_filter":
      throw ExtractionFailure(
        kind: .permanent, reason: "blocked by the provider's content filter", usage: usage)
    default: break
    }
    let parts = message?["content"]?.array?.compactMap { $0["text"]?.string }.joined()
    let text = message?["content"]?.string ?? parts ?? ""
    return ChatReply(text: text, usage: usage, model: body["model"]?.string)
  }
}
