import Expressions
import Settings

/// Ollama's own `/api/chat`, which heeds the context's size; its OpenAI route does not.
struct OllamaProtocol: ChatProtocol {
  let settings: ProviderSettings

  let schemaModes: [SchemaMode] = [.jsonSchema, .jsonObject, .plainText]

  /// Coarse, for Ollama loads a model anew whenever the size changes.
  private static let step = 4_096
  private static let most = 131_072

  /// Room for prompt and answer together.
  static func contextTokens(_ order: ChatOrder) -> Int {
    let wanted = order.estimate.input * 5 / 4 + order.maxOutputTokens
    return min((wanted + step - 1) / step * step, most)
  }

  func request(_ order: ChatOrder, _ facts: EndpointFacts) throws -> HTTPRequest {
    var system = order.messages.system
    var options: [String: JSONValue] = [
      "num_ctx": .number(Double(Self.contextTokens(order))),
      "num_predict": .number(Double(order.maxOutputTokens)),
    ]
    if let temperature = settings.temperature { options["temperature"] = .number(temperature) }
    var body: [String: JSONValue] = [
      "model": .string(settings.model), "stream": false, "options": .object(options),
    ]
    // Thoughts take time and the answer's room; the task needs none.
    if !facts.refused.contains("think") { body["think"] = false }
    switch facts.mode {
    case .jsonSchema, .tool: body["format"] = order.schema.schema(.jsonSchema)
    case .jsonObject:
      body["format"] = "json"
      system += SchemaInWords.text(order.schema)
    case .plainText: system += SchemaInWords.text(order.schema)
    }
    body["messages"] = [
      ["role": "system", "content": .string(system)],
      ["role": "user", "content": .string(order.messages.user)],
    ]
    let authorization = settings.apiKey.map {
      [HTTPHeader("Authorization", "Bearer \($0.value)")]
    }
    return try .json(
      "\(settings.baseURL)/api/chat", body, headers: authorization ?? [],
      timeLimit: settings.timeLimit)
  }

  func reply(
    in response: HTTPResponse, to order: ChatOrder, _ facts: EndpointFacts, now: Double
  ) throws -> ChatReply {
    guard response.status == 200, let body = JSONText.decode(response.body),
      let text = body["message"]?["content"]?.string
    else { throw refusal(ServerRefusal(response, now: now), facts) }
    let prompt = body["prompt_eval_count"]?.tokenCount
    let usage = TokenUsage(
      input: prompt ?? order.estimate.input, output: body["eval_count"]?.tokenCount ?? 0)
    if let prompt, Self.isCut(prompt, order) {
      throw ExtractionFailure(
        kind: .split,
        reason: """
          prompt cut: the server read \(prompt) tokens of about \(order.estimate.input); let it have a longer context \
          (OLLAMA_CONTEXT_LENGTH), or set batch_cues lower
          """,
        usage: usage)
    }
    if body["done_reason"]?.string == "length" {
      throw ExtractionFailure(
        kind: .split, reason: "the answer did not fit in \(usage.output) tokens", usage: usage)
    }
    return ChatReply(text: text, usage: usage, model: body["model"]?.string)
  }

  /// A server that has less room than it was told to cuts the prompt without a word.
  ///
  /// What it counts then is the size of its context, or of half of one: fewer tokens than the text can be, or just such
  /// a size and less than the estimate. A few tokens are no cut: older servers do not count what they had in a cache.
  static func isCut(_ prompt: Int, _ order: ChatOrder) -> Bool {
    let least =
      TokenEstimate.least(in: order.messages.system) + TokenEstimate.least(in: order.messages.user)
    let isSize = prompt % 1_024 == 0 || prompt % 1_024 == 1_023
    return prompt >= 1_023 && (prompt < least || isSize && prompt < order.estimate.input)
  }

  private func refusal(_ refusal: ServerRefusal, _ facts: EndpointFacts) -> any Error {
    let isCrash = refusal.status == 500
    if refusal.status == 404, refusal.says("model") {
      return refusal.failure(
        .refused, "\(refusal.message); on the server: ollama pull \(settings.model)")
    }
    // 500 and 400, and yet not this batch's fault.
    if isCrash, refusal.says("more system memory", "unable to load model", "error loading model") {
      return refusal.failure(
        .refused, "\(refusal.message); choose a smaller model, or less batch_cues")
    }
    if refusal.says("does not support chat", "does not support generate") {
      return refusal.failure(.refused, "\(refusal.message); choose another model")
    }
    if refusal.says("context length", "exceeds the context", "input length", "context size") {
      return refusal.failure(.split, "the prompt is too long: \(refusal.message)")
    }
    if refusal.status == 400, refusal.says("think"), !facts.refused.contains("think") {
      return Lesson.parameterRefused("think")
    }
    // It may fall over a schema without a word.
    let isFresh = isCrash && !facts.isProven && facts.mode != .plainText
    if refusal.status == 400 || isFresh, refusal.says("format", "schema", "grammar") {
      return Lesson.schemaRefused(refusal.message)
    }
    if isFresh { return Lesson.crashed(refusal.failure(for: settings)) }
    return refusal.failure(for: settings)
  }
}
