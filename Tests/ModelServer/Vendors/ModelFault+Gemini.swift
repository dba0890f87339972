import Expressions

extension ModelFault {
  func gemini(_ request: ModelRequest) -> ScriptedReply {
    let model = request.model
    switch self {
    case .rateLimited(let hint):
      var details = [Self.quotaFailure(per: "Minute", model: model, value: "10")]
      if case .retryInfo(let seconds) = hint { details.append(Self.retryInfo(seconds)) }
      return Self.google(
        429, "RESOURCE_EXHAUSTED",
        "You exceeded your current quota, please check your plan and billing details.",
        details, hint.headers)
    case .daySpent(let limit, let statesValue):
      return Self.google(
        429, "RESOURCE_EXHAUSTED",
        "You exceeded your current quota, please check your plan and billing details.\n"
          + "* Quota exceeded for metric: \(Self.quotaMetric), limit: \(limit), model: \(model)\n"
          + "Please retry in 51.2s.",
        [
          Self.quotaFailure(
            per: "Day", model: model, value: statesValue ? String(limit) : nil),
          Self.retryInfo(51),
        ])
    case .moneySpent:
      return Self.google(
        429, "RESOURCE_EXHAUSTED",
        "Your prepayment credits are depleted. Please go to AI Studio to manage your billing.")
    case .parameterRefused(let name, _):
      let text = "Invalid JSON payload received. Unknown name \"\(name)\": Cannot find field."
      return Self.google(
        400, "INVALID_ARGUMENT", text,
        [
          [
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [["field": "generation_config", "description": .string(text)]],
          ]
        ])
    case .schemaRefused:
      return Self.google(
        400, "INVALID_ARGUMENT",
        "A schema in GenerationConfig in the request exceeds the maximum allowed nesting depth.")
    case .keyRefused:
      return Self.google(
        400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
        [
          [
            "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
            "domain": "googleapis.com",
            "metadata": ["service": "generativelanguage.googleapis.com"],
          ]
        ])
    case .modelUnknown:
      return Self.google(
        404, "NOT_FOUND",
        "models/\(model) is not found for API version v1beta, "
          + "or is not supported for generateContent.")
    case .internalError, .schemaCrash:
      return Self.google(500, "INTERNAL", "An internal error has occurred. Please retry.")
    case .unavailable:
      return Self.google(
        503, "UNAVAILABLE", "The model is overloaded. Please try again later.")
    case .overloaded:
      return Self.google(
        529, "UNAVAILABLE", "The model is overloaded. Please try again later.")
    case .contextTooLong:
      return Self.google(
        400, "INVALID_ARGUMENT",
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).")
    }
  }

  private static let quotaMetric =
    "generativelanguage.googleapis.com/generate_content_free_tier_requests"

  private static func quotaFailure(per span: String, model: String, value: String?) -> JSONValue {
    var violation: [String: JSONValue] = [
      "quotaMetric": .string(quotaMetric),
      "quotaId": .string("GenerateRequestsPer\(span)PerProjectPerModel-FreeTier"),
      "quotaDimensions": ["location": "global", "model": .string(model)],
    ]
    if let value { violation["quotaValue"] = .string(value) }
    return [
      "@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [.object(violation)],
    ]
  }

  private static func retryInfo(_ seconds: Double) -> JSONValue {
    let text = Int(exactly: seconds).map(String.init) ?? String(seconds)
    return [
      "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": .string("\(text)s"),
    ]
  }

  private static func google(
    _ code: Int, _ status: String, _ message: String, _ details: [JSONValue] = [],
    _ headers: HeaderFields = [:]
  ) -> ScriptedReply {
    var error: [String: JSONValue] = [
      "code": .integer(code), "message": .string(message), "status": .string(status),
    ]
    if !details.isEmpty { error["details"] = .array(details) }
    return .json(["error": .object(error)], status: code, headers: headers)
  }
}
