import Expressions

/// A model behind all four protocols that answers langflix's prompts, for `ModelServer.start`.
package struct PlausibleModel: Sendable {
  /// What goes wrong instead of an answer.
  package enum Trouble: Sendable, Hashable {
    case fault(ModelFault)
    case flaw(AnswerFlaw)
    case finish(ModelAnswer.Finish)
    case reply(ScriptedReply)
  }

  /// From the request to the reply; refusals come at once.
  package var latency: Duration
  /// Requests beyond it get a 429.
  package var gate: RateGate?
  /// Whether the 429 says how long to wait.
  package var saysWait: Bool
  package var mining: Mining
  /// Asked for each request that the gate lets through.
  package var trouble: @Sendable (ModelRequest) -> Trouble?

  package init(
    latency: Duration = .zero, gate: RateGate? = nil, saysWait: Bool = true,
    mining: Mining = Mining(),
    trouble: @escaping @Sendable (ModelRequest) -> Trouble? = { _ in nil }
  ) {
    self.latency = latency
    self.gate = gate
    self.saysWait = saysWait
    self.mining = mining
    self.trouble = trouble
  }

  package func reply(to recorded: RecordedRequest) -> ScriptedReply {
    guard let request = ModelRequest(recorded) else {
      return .json(["error": "no such route, or no JSON in the body"], status: 404)
    }
    if let wait = gate?.admit(at: recorded.receivedAt) {
      return ModelFault.rateLimited(saysWait ? hint(wait, request.vendor) : .none).reply(
        to: request)
    }
    var answer = answer(to: request)
    switch trouble(request) {
    case .fault(let fault): return fault.reply(to: request)
    case .reply(let reply): return reply
    case .flaw(let flaw): answer = flaw.spoil(answer)
    case .finish(let finish): answer.finish = finish
    case nil: break
    }
    return answer.reply(to: request).delayed(by: latency)
  }

  private func answer(to request: ModelRequest) -> ModelAnswer {
    let text = mining.answer(to: request.user, schema: request.schema).encodedText
    return ModelAnswer(
      text, inputTokens: (request.system.utf8.count + request.user.utf8.count) / 4 + 1,
      outputTokens: text.utf8.count / 4 + 1)
  }

  private func hint(_ wait: Duration, _ vendor: Vendor) -> RetryHint {
    // Never too early: a client that comes as told is let through.
    let milliseconds = Int(wait / .milliseconds(1)) + 1
    return switch vendor {
    case .gemini: .retryInfo(seconds: Double(milliseconds) / 1000)
    case .openai: .milliseconds(milliseconds)
    case .ollama, .anthropic: .seconds((milliseconds + 999) / 1000)
    }
  }
}
