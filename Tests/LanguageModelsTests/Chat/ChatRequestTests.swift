import Expressions
import Foundation
import ModelServer
import Settings
import Testing

@testable import LanguageModels

@Suite("Chat: what each provider is sent")
struct ChatRequestTests {
  private func order() throws -> ChatOrder {
    let request = ExtractionRequest(sourceLanguage: "en", targetLanguage: "es")
    let messages = PromptMessages(system: "Pick expressions.", user: "[1] I figured it out.")
    return ChatOrder(
      messages: messages, schema: AnswerSchema(for: request),
      estimate: TokenUsage(input: 2_000, output: 500), maxOutputTokens: 1_500)
  }

  private func chat(
    _ vendor: Vendor, model: String = "test-model", at origin: String? = nil
  ) throws -> any ChatProtocol {
    var settings = try ChatSupport.settings(vendor, at: "http://server.example")
    settings.model = model
    if let origin { settings.baseURL = origin }
    return ChatSupport.extractor(settings).chat
  }

  private func body(_ chat: any ChatProtocol, _ facts: EndpointFacts) throws -> JSONValue {
    try #require(JSONText.decode(try chat.request(order(), facts).body))
  }

  @Test("every way of asking, byte for byte", arguments: Vendor.allCases)
  func golden(_ vendor: Vendor) throws {
    let chat = try chat(vendor)
    for mode in chat.schemaModes {
      let request = try chat.request(order(), EndpointFacts(mode: mode))
      let body = try #require(JSONText.decode(request.body))
      let keys = request.headers.filter { $0.value.contains(ChatSupport.key) }
      #expect(keys.count == 1)
      #expect(!request.url.contains(ChatSupport.key))
      #expect(!String(decoding: request.body, as: UTF8.self).contains(ChatSupport.key))
      #expect(String(decoding: request.body, as: UTF8.self) == (try JSONText.text(body)))
      let headers = request.headers.map { header in
        (
          header.name,
          JSONValue.string(header.value.replacingOccurrences(of: ChatSupport.key, with: "(key)"))
        )
      }
      let whole: JSONValue = [
        "method": .string(request.method), "url": .string(request.url), "body": body,
        "headers": .object(Dictionary(uniqueKeysWithValues: headers)),
      ]
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      let text = String(decoding: try encoder.encode(whole), as: UTF8.self) + "\n"
      try expectRequest(text, "\(vendor.rawValue)-\(mode.rawValue).json")
    }
  }

  @Test("OpenAI gets the new name of the limit, others the old, and what is refused is left out")
  func limitNames() throws {
    let names = { (origin: String, refused: Set<String>) in
      let body = try body(
        chat(.openai, at: origin), EndpointFacts(mode: .jsonSchema, refused: refused))
      return ["max_completion_tokens", "max_tokens"].filter { body[$0] != nil }
    }
    let openAI = "https://api.openai.com/v1"
    #expect(try names(openAI, []) == ["max_completion_tokens"])
    #expect(try names(openAI, ["max_completion_tokens"]) == ["max_tokens"])
    #expect(try names("http://x/v1", []) == ["max_tokens"])
    #expect(try names("http://x/v1", ["max_tokens"]) == ["max_completion_tokens"])
    #expect(try names("http://x/v1", ["max_tokens", "max_completion_tokens"]) == [])
  }

  @Test(
    "models that think are told to think little, and have room for it",
    arguments: [
      ("gpt-4.1-mini", nil, 1_500), ("gpt-5-mini", "low", 9_692), ("o4-mini", "low", 9_692),
      ("openai/gpt-5", "low", 9_692), ("olmo-2", nil, 1_500),
    ] as [(String, String?, Int)])
  func reasoning(_ model: String, _ effort: String?, _ room: Int) throws {
    let body = try body(chat(.openai, model: model), EndpointFacts(mode: .jsonSchema))
    #expect(body["reasoning_effort"]?.string == effort)
    #expect(body["max_tokens"]?.integer == room)
  }

  @Test(
    "so are Google's",
    arguments: [
      ("gemini-2.5-flash", ["thinking_budget": 0], 1_500),
      ("gemini-2.5-flash-lite", ["thinking_budget": 0], 1_500),
      ("gemini-2.5-pro", ["thinking_budget": 128], 1_500),
      ("gemini-3-pro-preview", ["thinking_level": "LOW"], 9_692),
      ("gemini-flash-latest", nil, 9_692), ("gemini-2.0-flash", nil, 1_500),
      ("gemma-3-27b-it", nil, 1_500),
    ] as [(String, JSONValue?, Int)])
  func thinking(_ model: String, _ expected: JSONValue?, _ room: Int) throws {
    let config = try body(chat(.gemini, model: model), EndpointFacts(mode: .jsonSchema))[
      "generationConfig"]
    #expect(config?["thinkingConfig"] == expected)
    #expect(config?["maxOutputTokens"]?.integer == room)
  }

  @Test("a Gemini model without system instructions gets them from the user")
  func systemInstruction() throws {
    let body = try body(
      chat(.gemini), EndpointFacts(mode: .jsonSchema, refused: ["systemInstruction"]))
    #expect(body["systemInstruction"] == nil)
    let parts = body["contents"]?.array?.first?["parts"]?.array
    #expect(parts?.first?["text"] == "Pick expressions.")
    #expect(parts?.count == 2)
  }

  @Test("Ollama's context holds prompt and answer in coarse steps")
  func context() throws {
    var order = try order()
    #expect(OllamaProtocol.contextTokens(order) == 4_096)
    order.maxOutputTokens = 1_597
    #expect(OllamaProtocol.contextTokens(order) == 8_192)
    order.estimate.input = 1_000_000
    #expect(OllamaProtocol.contextTokens(order) == 131_072)
  }

  @Test("hosted services get a schema without bounds, local servers one with them")
  func bounds() throws {
    for (origin, isBounded) in [("https://openrouter.ai/api/v1", false), ("http://x/v1", true)] {
      let body = try body(chat(.openai, at: origin), EndpointFacts(mode: .jsonSchema))
      #expect(try JSONText.text(body).contains("maxLength") == isBounded)
    }
  }

  @Test("the identity has what answers depend on, and no key")
  func identity() throws {
    let settings = try ChatSupport.settings(.gemini, at: "http://server.example:81")
    let identity = { (change: (inout ProviderSettings) -> Void) in
      var changed = settings
      change(&changed)
      return ChatSupport.extractor(changed).identity
    }
    let base = identity { _ in }
    #expect(base.name == "gemini@server.example:81")
    #expect(base.version == "model=test-model;temperature=0.2;prompt=2;schema=2")
    #expect(identity { $0.model = "other" } != base)
    #expect(identity { $0.temperature = nil } != base)
    #expect(identity { $0.baseURL = "http://other.example/v1beta" } != base)
    let prompt = try Prompt(
      text: "langflix prompt 1\n=== system ===\nx\n=== user ===\n{{cues}}\n", version: "custom")
    #expect(ChatSupport.extractor(settings, prompt: prompt).identity != base)
    let alike = identity {
      $0.limit = 9
      $0.requestsPerMinute = 1
      $0.usdPerDay = 2
      $0.inputPrice = 3
      $0.apiKey = Secret("another")
      $0.timeLimit = .seconds(1)
      $0.batchCues = 7
    }
    #expect(alike == base)
  }
}

/// Compares a text with a file in `Golden`; `LANGFLIX_WRITE_GOLDENS=1` writes it anew, and fails.
private func expectRequest(_ text: String, _ name: String) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
  if ProcessInfo.processInfo.environment["LANGFLIX_WRITE_GOLDENS"] != nil {
    try Data(text.utf8).write(to: file)
    Issue.record("wrote \(name) anew")
    return
  }
  let golden = try String(decoding: Data(contentsOf: file), as: UTF8.self)
  let lines = zip(text.components(separatedBy: "\n"), golden.components(separatedBy: "\n"))
  let first = lines.first { $0 != $1 }
  #expect(text == golden, "\(name): now '\(first?.0 ?? "")', golden '\(first?.1 ?? "")'")
}
