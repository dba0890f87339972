import Expressions

extension ModelFault {
  func openAI(_ request: ModelRequest) -> ScriptedReply {
    let model = request.model
    switch self {
    case .rateLimited(let hint):
      var headers = hint.headers
      headers["x-ratelimit-limit-requests"] = "500"
      headers["x-ratelimit-remaining-requests"] = "0"
      return Self.openAI(
        429,
        "Rate limit reached for \(model) on requests per min (RPM): Limit 500, Used 500, "
          + "Requested 1. Please try again in 120ms.",
        type: "requests", code: "rate_limit_exceeded", headers: headers)
    case .daySpent(let limit, _):
      return Self.openAI(
        429,
        "Rate limit reached for \(model) on requests per day (RPD): Limit \(limit), "
          + "Used \(limit), Requested 1. Please try again in 7m12s.",
        type: "requests", code: "rate_limit_exceeded")
    case .moneySpent:
      return Self.openAI(
        429,
        "You exceeded your current quota, please check your plan and billing details.",
        type: "insufficient_quota", code: "insufficient_quota")
    case .parameterRefused(let name, let instead):
      let (message, code) =
        if let instead {
          (
            "Unsupported parameter: '\(name)' is not supported with this model. "
              + "Use '\(instead)' instead.", "unsupported_parameter"
          )
        } else {
          (
            "Unsupported value: '\(name)' does not support this value with this model. "
              + "Only the default value is supported.", "unsupported_value"
          )
        }
      return Self.openAI(400, message, param: name, code: code)
    case .schemaRefused:
      return Self.openAI(
        400,
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with "
          + "this model.", param: "response_format")
    case .keyRefused:
      return Self.openAI(
        401, "Incorrect API key provided: ****.", code: "invalid_api_key")
    case .modelUnknown:
      return Self.openAI(
        404, "The model `\(model)` does not exist or you do not have access to it.",
        code: "model_not_found")
    case .internalError, .schemaCrash:
      return Self.openAI(
        500, "The server had an error while processing your request. Sorry about that!",
        type: "server_error")
    case .unavailable:
      return Self.openAI(
        503, "The engine is currently overloaded, please try again later.", type: "server_error")
    case .overloaded:
      return Self.openAI(
        529, "The engine is currently overloaded, please try again later.", type: "server_error")
    case .contextTooLong:
      return Self.openAI(
        400,
        "This model's maximum context length is 8192 tokens. However, your messages resulted "
          + "in 9000 tokens. Please reduce the length of the messages.",
        param: "messages", code: "context_length_exceeded")
    }
  }

  private static func openAI(
    _ status: Int, _ message: String, type: String = "invalid_request_error",
    param: String? = nil, code: String? = nil, headers: HeaderFields = [:]
  ) -> ScriptedReply {
    .json(
      [
        "error": [
          "message": .string(message), "type": .string(type),
          "param": param.map { .string($0) } ?? .null, "code": code.map { .string($0) } ?? .null,
        ]
      ], status: status, headers: headers)
  }
}
