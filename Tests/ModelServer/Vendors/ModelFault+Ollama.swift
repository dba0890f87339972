import Expressions

extension ModelFault {
  func ollama(_ request: ModelRequest) -> ScriptedReply {
    let model = request.model
    let (status, message) =
      switch self {
      case .rateLimited: (429, "too many concurrent requests")
      case .daySpent: (429, "you have reached your daily usage limit")
      case .moneySpent: (402, "this model requires a subscription")
      case .parameterRefused("think", _): (400, "\"\(model)\" does not support thinking")
      case .parameterRefused(let name, _): (400, "option \"\(name)\" is not valid")
      case .schemaRefused:
        (400, "invalid format: expected \"json\" or a valid JSON Schema object")
      case .keyRefused: (401, "unauthorized")
      case .modelUnknown: (404, "model '\(model)' not found")
      case .internalError, .schemaCrash:
        (500, "llama runner process has terminated: exit status 2")
      case .unavailable:
        (503, "server busy, please try again.  maximum pending requests exceeded")
      case .overloaded: (529, "Server overloaded, please retry shortly")
      case .contextTooLong: (400, "the input length exceeds the context length")
      }
    return .json(["error": .string(message)], status: status, headers: hint.headers)
  }
}
