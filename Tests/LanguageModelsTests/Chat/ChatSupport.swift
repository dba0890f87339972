import Expressions
import Foundation
import LanguageModels
import Logging
import ModelServer
import Settings
import Subtitles
import Synchronization
import Testing

/// A provider of each kind, as a test talks to it.
enum ChatSupport {
  static let key = "sk-test-0123456789"

  static func settings(
    _ vendor: Vendor, at origin: String
  ) throws -> ProviderSettings {
    let path =
      switch vendor {
      case .gemini: "/v1beta"
      case .openai: "/v1"
      case .ollama, .anthropic: ""
      }
    let kind = try #require(ProviderSettings.Kind(rawValue: vendor.rawValue))
    return ProviderSettings(
      name: vendor.rawValue, kind: kind, baseURL: origin + path, model: "test-model",
      apiKey: Secret(key), timeLimit: .seconds(30), temperature: 0.2)
  }

  static func extractor(
    _ settings: ProviderSettings, memory: any EndpointMemory = MemoryInTest(),
    transport: any HTTPTransport = HTTPClient(), prompt: Prompt = .builtIn
  ) -> LanguageModelExtractor {
    LanguageModelExtractor(
      settings: settings, prompt: prompt, transport: transport, memory: memory,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { Date.now })
  }

  static func facts(_ mode: String, refused: [String] = []) -> String {
    let names = refused.map { "\"\($0)\"" }.joined(separator: ",")
    return #"{"isProven":true,"mode":"\#(mode)","refused":[\#(names)]}"#
  }

  static let request = ExtractionRequest(
    sourceLanguage: "en", targetLanguage: "es", translatesCues: true)

  static func batch(cues count: Int = 9) -> Batch {
    let lines = [
      "I figured it all out.", "You look tired. Rough night?", "Let's call it a day, though.",
    ]
    let cues = (1...count).map { number in
      Cue(
        number: number, start: .seconds(Double(number) * 3), end: .seconds(Double(number) * 3 + 2),
        text: lines[number % lines.count], speaker: number.isMultiple(of: 2) ? "ANNA" : nil)
    }
    return Batch(number: 1, leadIn: [], cues: cues)
  }
}

/// Remembers what an extractor has it keep.
final class MemoryInTest: EndpointMemory {
  private let kept: Mutex<[String: [String]]>

  init(_ facts: [String: String] = [:]) { kept = Mutex(facts.mapValues { [$0] }) }

  func recall(_ endpoint: String) async throws -> String? { kept.withLock { $0[endpoint]?.last } }

  func remember(_ facts: String, of endpoint: String) async throws {
    kept.withLock { $0[endpoint, default: []].append(facts) }
  }

  /// All that was ever written, in order; tests use one endpoint each.
  var history: [String] { kept.withLock { $0.values.flatMap(\.self) } }
}

/// Recalls the same of every endpoint: a test's server has another port each time.
final class MemoryOfAny: EndpointMemory {
  private let facts: String
  private let count = Mutex(0)

  init(_ facts: String) { self.facts = facts }

  var writes: Int { count.withLock(\.self) }

  func recall(_ endpoint: String) async throws -> String? { facts }
  func remember(_ facts: String, of endpoint: String) async throws { count.withLock { $0 += 1 } }
}

extension LanguageModelExtractor {
  /// The failure that a call ends with; anything else fails the test.
  func failure(
    of batch: Batch = ChatSupport.batch(), sourceLocation: SourceLocation = #_sourceLocation
  ) async -> ExtractionFailure? {
    await #expect(throws: ExtractionFailure.self, sourceLocation: sourceLocation) {
      try await answer(to: batch, for: ChatSupport.request)
    }
  }
}

/// Serves a model in the shape of one provider, and hands over what asks it.
func serving<Result: Sendable>(
  _ vendor: Vendor, _ model: PlausibleModel, named name: String = "test-model",
  timeLimit: Duration = .seconds(30), memory: any EndpointMemory = MemoryInTest(),
  _ body: (LanguageModelExtractor, ModelServer) async throws -> Result
) async throws -> Result {
  try await ModelServer.serving(
    reply: { model.reply(to: $0) },
    with: { server in
      var settings = try ChatSupport.settings(vendor, at: server.origin)
      settings.model = name
      settings.timeLimit = timeLimit
      return try await body(ChatSupport.extractor(settings, memory: memory), server)
    })
}
