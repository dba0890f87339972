import Expressions
import Settings

extension GeminiProtocol {
  func refusal(_ refusal: ServerRefusal, _ facts: EndpointFacts) -> any Error {
    switch refusal.status {
    case 429: tooMuch(refusal)
    case 400: badRequest(refusal, facts)
    default: refusal.failure(for: settings)
    }
  }

  private func details(_ type: String, in refusal: ServerRefusal) -> [JSONValue] {
    (refusal.error?["details"]?.array ?? []).filter {
      $0["@type"]?.string?.hasSuffix(type) == true
    }
  }

  private func badRequest(_ refusal: ServerRefusal, _ facts: EndpointFacts) -> any Error {
    let reasons = details("ErrorInfo", in: refusal).compactMap { $0["reason"]?.string }
    if reasons.contains("API_KEY_INVALID") || refusal.says("api key") {
      return refusal.failure(.refused, "the server refuses the key: \(refusal.message)")
    }
    // Where the caller is, or that billing is off.
    if refusal.error?["status"]?.string == "FAILED_PRECONDITION" {
      return refusal.failure(.refused, "the server refuses this account: \(refusal.message)")
    }
    if refusal.says("token count") {
      return refusal.failure(.split, "the prompt is too long: \(refusal.message)")
    }
    if refusal.says("maxoutputtokens", "max_output_tokens") {
      return refusal.failure(.split, "the model gives no such long answers: \(refusal.message)")
    }
    if refusal.says("thinking"), !facts.refused.contains(Parameter.thinking) {
      return Lesson.parameterRefused(Parameter.thinking)
    }
    if refusal.says("developer instruction", "system instruction", "systeminstruction"),
      !facts.refused.contains(Parameter.system)
    {
      return Lesson.parameterRefused(Parameter.system)
    }
    if refusal.says("schema", "responsemimetype", "response_mime_type", "json mode") {
      return Lesson.schemaRefused(refusal.message)
    }
    return refusal.failure(for: settings)
  }

  private func tooMuch(_ refusal: ServerRefusal) -> ExtractionFailure {
    let violations = details("QuotaFailure", in: refusal)
      .flatMap { $0["violations"]?.array ?? [] }
    let daily = violations.filter { Self.names("PerDay", in: $0) }
    // A limit of 0 is left out of the details, as the format has it for zeros, and stands in the words.
    let limits = violations.compactMap(Self.limit)
    if limits.contains(0) || limits.isEmpty && refusal.namedLimit == 0 {
      return refusal.failure(
        .refused,
        "no free tier for the model \(settings.model): choose another model, or turn on billing")
    }
    if !daily.isEmpty {
      // Whatever `RetryInfo` says: it says 51 s then. Tokens have daily limits too, which are no number of requests.
      let ofRequests = daily.first { Self.names("Request", in: $0) }
      let limit = ofRequests.flatMap { Self.limit($0) ?? refusal.namedLimit }
      let count = limit.map { "its \($0) requests" } ?? "its quota"
      return refusal.failure(
        .daySpent(dailyRequests: limit), "\(count) of the day are used up (\(settings.model))")
    }
    if refusal.says("prepayment credits") {
      return refusal.failure(.refused, "the account has no credit left: \(refusal.message)")
    }
    let asked = details("RetryInfo", in: refusal).compactMap { $0["retryDelay"]?.string }
      .compactMap(ServerWait.seconds).max().flatMap(ServerWait.clamped)
    return refusal.failure(
      .throttled(wait: asked ?? ServerWait.wait(in: refusal.response, now: refusal.now)),
      "too much at once (429): \(refusal.message)")
  }

  /// `quotaId` has words like "GenerateRequestsPerDayPerProjectPerModel-FreeTier".
  private static func names(_ word: String, in violation: JSONValue) -> Bool {
    violation["quotaId"]?.string?.contains(word) == true
      || violation["quotaMetric"]?.string?.lowercased().contains(word.lowercased()) == true
  }

  private static func limit(_ violation: JSONValue) -> Int? {
    violation["quotaValue"]?.string.flatMap { Int($0) } ?? violation["quotaValue"]?.integer
  }
}
