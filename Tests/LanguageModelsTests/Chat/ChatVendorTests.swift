import Expressions
import LanguageModels
import ModelServer
import Settings
import Testing

/// The vendors' own Python clients judge what is sent to the vendors.
@Suite(
  "Chat: the vendors' types take what is sent",
  .enabled(
    // CI creates the environment with `make llm-clients`; it needs PyPI.
    if: VendorClients() != nil, Comment(rawValue: VendorClients.hint)))
struct ChatVendorTests {
  struct Way: Sendable {
    var vendor: Vendor
    var model: String
    var mode: String
    var refused: [String] = []
  }

  static let ways =
    ["gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-pro-preview", "gemini-2.0-flash"].map {
      Way(vendor: .gemini, model: $0, mode: "json_schema")
    }
    + ["json_object", "plain_text"].flatMap { mode in
      [
        Way(vendor: .gemini, model: "gemma-3-27b-it", mode: mode, refused: ["systemInstruction"]),
        Way(vendor: .openai, model: "gpt-4.1-mini", mode: mode),
        Way(vendor: .ollama, model: "qwen2.5:7b", mode: mode),
      ]
    } + [
      Way(vendor: .openai, model: "gpt-4.1-mini", mode: "json_schema"),
      Way(
        vendor: .openai, model: "gpt-5-mini", mode: "json_schema",
        refused: ["max_tokens", "temperature"]),
      Way(vendor: .ollama, model: "qwen2.5:7b", mode: "json_schema"),
      Way(vendor: .ollama, model: "qwen3:8b", mode: "json_schema", refused: ["think"]),
      Way(vendor: .anthropic, model: "claude-haiku-4-5", mode: "tool"),
      Way(vendor: .anthropic, model: "claude-haiku-4-5", mode: "json_schema"),
      Way(
        vendor: .anthropic, model: "claude-haiku-4-5", mode: "plain_text"),
    ]

  @Test("every provider in every way of asking", .timeLimit(.minutes(3)))
  func requests() async throws {
    let clients = try #require(VendorClients())
    let model = PlausibleModel()
    try await ModelServer.serving(
      reply: { model.reply(to: $0) },
      with: { server in
        for way in Self.ways {
          var settings = try ChatSupport.settings(way.vendor, at: server.origin)
          settings.model = way.model
          // Its client knows no temperature any more: only who sets one sends it, until it is refused.
          if way.vendor == .anthropic { settings.temperature = nil }
          let memory = MemoryOfAny(ChatSupport.facts(way.mode, refused: way.refused))
          let extractor = ChatSupport.extractor(settings, memory: memory)
          let answer = try await extractor.answer(
            to: ChatSupport.batch(), for: ChatSupport.request)
          #expect(!answer.answer.candidates.isEmpty, "\(way)")
        }
        #expect(server.requests().count == Self.ways.count)
        let outcome = try await clients.parse(server.requests())
        print(outcome.output)
        #expect(outcome.succeeded, "\(outcome.output)\(outcome.complaints)")
        #expect(outcome.output.count { $0.isNewline } >= Self.ways.count)
      })
  }
}
