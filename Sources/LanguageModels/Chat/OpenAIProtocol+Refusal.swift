import Expressions
import Settings

extension OpenAIProtocol {
  private static let unpaid: Set = [
    "insufficient_quota", "billing_hard_limit_reached", "billing_not_active",
  ]

  func refusal(
    _ refusal: ServerRefusal, _ order: ChatOrder, _ facts: EndpointFacts
  ) -> any Error {
    let codes = Set(["code", "type"].compactMap { refusal.error?[$0]?.string })
    if !codes.isDisjoint(with: Self.unpaid) {
      return refusal.failure(.refused, "the account has no credit left: \(refusal.message)")
    }
    if !codes.isDisjoint(with: ["context_length_exceeded", "exceed_context_size_error"])
      || refusal.says("context length", "context_length", "context size", "context window")
    {
      return refusal.failure(.split, "the prompt is too long: \(refusal.message)")
    }
    // Groq: the model's JSON did not follow the schema.
    if codes.contains("json_validate_failed") {
      return refusal.failure(.retry, "the answer was no JSON: \(refusal.message)")
    }
    if refusal.status == 403, refusal.says("moderation", "flagged") {
      return refusal.failure(.permanent, "blocked by the provider: \(refusal.message)")
    }
    // More tokens in one request than a minute allows: waiting would never help.
    if refusal.status == 429, refusal.says("request too large", "must be reduced") {
      return refusal.failure(.split, refusal.message)
    }
    if refusal.status == 429, let failure = spentDay(refusal) { return failure }
    let sent = parameters(order, facts)
    // Of the right name, and more than the model gives.
    if refusal.status == 400, sent.keys.contains(where: { $0.hasPrefix("max_") }),
      refusal.says("too large", "at most", "maximum value")
    {
      return refusal.failure(.split, "the model gives no such long answers: \(refusal.message)")
    }
    if let lesson = schemaLesson(refusal, facts) { return lesson }
    if let name = refusal.namedParameter(among: sent.keys.sorted()) {
      return Lesson.parameterRefused(name)
    }
    return refusal.failure(for: settings)
  }

  private func spentDay(_ refusal: ServerRefusal) -> ExtractionFailure? {
    guard refusal.says("per day", "per-day", "(rpd)", "(tpd)") else { return nil }
    let isOfTokens = refusal.says("tokens per day", "(tpd)")
    if refusal.namedLimit == 0 {
      return refusal.failure(.refused, "nothing is free for this account: \(refusal.message)")
    }
    return refusal.failure(
      .daySpent(dailyRequests: isOfTokens ? nil : refusal.namedLimit), refusal.message)
  }

  private func schemaLesson(_ refusal: ServerRefusal, _ facts: EndpointFacts) -> Lesson? {
    let names = refusal.says(
      "response_format", "response format", "json_schema", "json schema", "json_object", "grammar",
      "structured output")
    switch refusal.status {
    case 400, 404, 415, 422, 501: return names ? .schemaRefused(refusal.message) : nil
    // Some servers fall over a schema without a word.
    case 500 where !facts.isProven && facts.mode != .plainText && !isOpenAI:
      return names
        ? .schemaRefused(refusal.message) : .crashed(refusal.failure(for: settings))
    default: return nil
    }
  }
}
