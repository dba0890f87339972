import Expressions

/// A refusal or a failure, for `reply(to:)` to put into its vendor's published shape.
package enum ModelFault: Sendable, Hashable {
  /// 429: too many requests a minute.
  case rateLimited(RetryHint = .none)
  /// 429: the day's requests are used up. Google adds a `RetryInfo` of seconds all the same.
  ///
  /// A limit of 0 stands for a model that has no free tier. Google leaves `quotaValue` out then,
  /// as it does in older answers; `statesValue` says which.
  case daySpent(limit: Int, statesValue: Bool = true)
  /// The account has no money: 429 `insufficient_quota` with OpenAI, 400 with Anthropic.
  case moneySpent
  /// 400: this parameter is not taken; `instead` is named where there is another.
  case parameterRefused(String, instead: String? = nil)
  /// 400: this model takes no schema.
  case schemaRefused
  /// 500 with no JSON, from a server that falls over a schema.
  case schemaCrash
  /// 401, and 400 with Google.
  case keyRefused
  /// 404.
  case modelUnknown
  /// 500.
  case internalError
  /// 503.
  case unavailable
  /// 529.
  case overloaded
  /// 400: the prompt is longer than what the model can read.
  case contextTooLong

  package func reply(to request: ModelRequest) -> ScriptedReply {
    if self == .schemaCrash { return .text("Internal Server Error", status: 500) }
    return switch request.vendor {
    case .gemini: gemini(request)
    case .openai: openAI(request)
    case .ollama: ollama(request)
    case .anthropic: anthropic(request)
    }
  }

  var hint: RetryHint {
    if case .rateLimited(let hint) = self { hint } else { .none }
  }
}
