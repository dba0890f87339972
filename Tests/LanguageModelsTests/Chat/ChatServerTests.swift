import Expressions
import LanguageModels
import ModelServer
import Testing

/// What servers beside the vendors' own say in place of an answer, as they are known to say it.
@Suite("Chat: other servers' words", .timeLimit(.minutes(2)))
struct ChatServerTests {
  struct Words: Sendable, CustomStringConvertible {
    var vendor: Vendor = .openai
    var status: Int
    var body: String
    var kind: ExtractionFailure.Kind
    var says = ""
    var description: String { "\(status) \(body.prefix(90))" }
  }

  private static func error(_ message: String, _ members: String = "") -> String {
    #"{"error":{"message":"\#(message)"\#(members)}}"#
  }

  static let words: [Words] = [
    // Gateways whose head had gone when the server behind them failed.
    Words(
      status: 200, body: error("Rate limited upstream", #","code":429"#),
      kind: .throttled(wait: nil)),
    Words(status: 200, body: error("Provider returned error", #","code":502"#), kind: .retry),
    Words(status: 200, body: error("No auth credentials", #","code":401"#), kind: .refused),
    Words(
      status: 200,
      body: #"{"choices":[{"error":{"code":503,"message":"gone"},"finish_reason":"error"}]}"#,
      kind: .throttled(wait: nil)),
    Words(status: 200, body: #"{"choices":[]}"#, kind: .retry),
    Words(
      status: 200, body: #"{"error":"Unexpected endpoint or method. (POST /chat/completions)"}"#,
      kind: .refused, says: "base_url"),
    // Pages.
    Words(
      status: 200, body: "<!doctype html><HTML><body>Welcome</body></html>", kind: .refused,
      says: "web page"),
    Words(status: 404, body: "<html>nginx</html>", kind: .refused, says: "web page"),
    Words(status: 502, body: "<html>Bad Gateway</html>", kind: .retry, says: "web page"),
    // Too long, as llama.cpp, vLLM and LM Studio have it.
    Words(
      status: 400,
      body: error(
        "the request exceeds the available context size, try increasing it",
        #","code":400,"type":"exceed_context_size_error","n_ctx":4096"#), kind: .split),
    Words(
      status: 400,
      body: #"{"object":"error","message":"This model's maximum context length is 4096 tokens."}"#,
      kind: .split),
    Words(
      status: 400, body: error("max_tokens is too large: 32768", #","param":"max_tokens""#),
      kind: .split),
    // The model's fault, the person's, the batch's.
    Words(
      status: 400, body: error("Failed to generate JSON.", #","code":"json_validate_failed""#),
      kind: .retry),
    Words(
      status: 403, body: error("openai/x requires moderation. Your input was flagged"),
      kind: .permanent),
    Words(status: 402, body: error("Insufficient credits"), kind: .refused),
    Words(
      status: 429, body: error("Your account is not active", #","code":"billing_not_active""#),
      kind: .refused),
    Words(
      status: 429, body: error("Rate limit exceeded: free-models-per-day"),
      kind: .daySpent(dailyRequests: nil)),
    Words(
      status: 429, body: error("Rate limit reached on tokens per day (TPD): Limit 500000, Used 1"),
      kind: .daySpent(dailyRequests: nil)),
    Words(status: 405, body: "Method Not Allowed", kind: .refused),
    Words(status: 498, body: error("Flex capacity exceeded"), kind: .throttled(wait: nil)),
    Words(
      status: 503, body: error("Loading model", #","code":503"#), kind: .throttled(wait: nil)),
    // Ollama hides permanent faults behind 500 and 400.
    Words(
      vendor: .ollama, status: 500,
      body: #"{"error":"model requires more system memory (8.1 GiB) than is available (2 GiB)"}"#,
      kind: .refused, says: "smaller model"),
    Words(
      vendor: .ollama, status: 400,
      body: #"{"error":"\"nomic-embed-text\" does not support chat"}"#,
      kind: .refused),
    Words(
      vendor: .ollama, status: 404, body: "404 page not found", kind: .refused, says: "base_url"),
    Words(
      vendor: .ollama, status: 404, body: #"{"error":"model 'x' not found"}"#, kind: .refused,
      says: "ollama pull test-model"),
    // Google.
    Words(
      vendor: .gemini, status: 400,
      body: error(
        "User location is not supported for the API use.", #","status":"FAILED_PRECONDITION""#),
      kind: .refused),
    Words(
      vendor: .gemini, status: 400,
      body: error("maxOutputTokens value of 40000 but the supported range is from 1 to 8193"),
      kind: .split),
    Words(
      vendor: .gemini, status: 429,
      body: error(
        "You exceeded your current quota. \(String(repeating: "Read more. ", count: 60))limit: 0, x",
        #"""
        ,"details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[
        {"quotaId":"GenerateContentInputTokensPerModelPerDay-FreeTier"}]}]
        """#), kind: .refused, says: "no free tier"),
    Words(
      vendor: .gemini, status: 429,
      body: error(
        "You exceeded your current quota.",
        #"""
        ,"details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[
        {"quotaId":"GenerateContentInputTokensPerModelPerDay-FreeTier","quotaValue":"250000"}]}]
        """#), kind: .daySpent(dailyRequests: nil)),
    // Anthropic.
    Words(
      vendor: .anthropic, status: 400,
      body: error("You have reached your specified API usage limits."),
      kind: .refused),
    Words(
      vendor: .anthropic, status: 400,
      body: error("input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000"),
      kind: .split),
    Words(
      vendor: .anthropic, status: 400,
      body: error("max_tokens: 9000 > 8192, which is the maximum allowed number of output tokens"),
      kind: .split),
    Words(vendor: .anthropic, status: 413, body: error("Request exceeds the size"), kind: .split),
  ]

  @Test("each of them has its consequence", arguments: words)
  func consequence(_ words: Words) async throws {
    let model = PlausibleModel { _ in .reply(.text(words.body, status: words.status)) }
    try await serving(words.vendor, model) { extractor, server in
      let failure = await extractor.failure()
      #expect(failure?.kind == words.kind, "\(failure?.reason ?? "")")
      #expect(words.says.isEmpty || failure?.reason.contains(words.says) == true)
      #expect((failure?.reason.count ?? 0) < 500)
      #expect(server.requests().count == 1)
    }
  }

  @Test("a prompt that Ollama cut is no answer; a cached one and a whole one are")
  func promptCut() async throws {
    let batch = ChatSupport.batch(cues: 500)
    for (count, isCut) in [
      (2_048, true), (1_024, true), (1_500, true), (4_095, true), (4_096, true), (30, false),
      (4_100, false), (12_288, false),
    ] {
      let model = PlausibleModel { request in
        var answer = ModelAnswer(#"{"contexts":[]}"#, inputTokens: count)
        answer.text = AnswerFlaw.emptyList.spoil(answer).text
        return .reply(answer.reply(to: request))
      }
      try await serving(.ollama, model) { extractor, _ in
        let estimate = extractor.estimate(of: batch, for: ChatSupport.request)
        #expect(estimate.input > 4_100 && estimate.input < 12_000)
        guard isCut else {
          _ = try await extractor.answer(to: batch, for: ChatSupport.request)
          return
        }
        let failure = await extractor.failure(of: batch)
        #expect(failure?.kind == .split, "\(count)")
        #expect(failure?.usage.input == count)
      }
    }
  }

  @Test("the check says what was found out, and what failed")
  func check() async throws {
    let model = PlausibleModel { request in
      request.schemaMode == .jsonSchema ? .fault(.schemaRefused) : nil
    }
    try await serving(.openai, model) { extractor, _ in
      let report = try await extractor.check()
      #expect(report.schemaMode == "json_object")
      #expect(report.model == "test-model")
      #expect(report.usage.input > 100)
      #expect(report.usage.input <= extractor.checkEstimate.input * 2)
      #expect(report.requests == 2)
    }
    try await serving(.openai, PlausibleModel { _ in .fault(.keyRefused) }) { extractor, _ in
      _ = await #expect(throws: ExtractionFailure.self) { try await extractor.check() }
    }
  }
}
