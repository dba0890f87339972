import Expressions

extension ModelFault {
  func anthropic(_ request: ModelRequest) -> ScriptedReply {
    let model = request.model
    let (status, type, message) =
      switch self {
      case .rateLimited:
        (429, "rate_limit_error", "This request would exceed your organization's rate limit.")
      case .daySpent(let limit, _):
        (429, "rate_limit_error", "You have used your \(limit) requests of today.")
      case .moneySpent:
        (
          400, "invalid_request_error",
          "Your credit balance is too low to access the Anthropic API. "
            + "Please go to Plans & Billing to upgrade or purchase credits."
        )
      case .parameterRefused(let name, let instead):
        (
          400, "invalid_request_error",
          instead.map { "`\(name)` is not supported for this model. Use `\($0)` instead." }
            ?? "`\(name)` is deprecated for this model."
        )
      case .schemaRefused:
        (
          400, "invalid_request_error",
          "tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft "
            + "2020-12."
        )
      case .keyRefused: (401, "authentication_error", "invalid x-api-key")
      case .modelUnknown: (404, "not_found_error", "model: \(model)")
      case .internalError, .schemaCrash: (500, "api_error", "Internal server error")
      case .unavailable: (503, "api_error", "Service unavailable")
      case .overloaded: (529, "overloaded_error", "Overloaded")
      case .contextTooLong:
        (
          400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"
        )
      }
    var headers = hint.headers
    headers["request-id"] = "req_\(request.number)"
    return .json(
      [
        "type": "error", "request_id": .string("req_\(request.number)"),
        "error": ["type": .string(type), "message": .string(message)],
      ], status: status, headers: headers)
  }
}
