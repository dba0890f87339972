import Expressions
import Foundation
import LanguageModels
import Logging
import Settings
import Subtitles
import Testing

/// One provider with a scripted server behind it.
struct ProviderBench {
  static let key = "sk-0123456789-never-to-be-seen"
  /// 2026-11-22T12:00:00Z
  static let now = Date(timeIntervalSince1970: 1_795_348_800)

  let script: ProviderScript
  let notebook: ProviderNotebook
  let extractor: LanguageModelExtractor

  init(
    _ kind: ProviderSettings.Kind, _ script: ProviderScript,
    notebook: ProviderNotebook = ProviderNotebook(), baseURL: String? = nil,
    model: String = "some-model", temperature: Double? = nil,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  ) {
    self.script = script
    self.notebook = notebook
    extractor = LanguageModelExtractor(
      settings: ProviderSettings(
        name: "tested", kind: kind, baseURL: baseURL ?? "http://models.test:8080", model: model,
        apiKey: Secret(Self.key), temperature: temperature),
      prompt: .builtIn, transport: script, memory: notebook, logger: logger,
      now: { Self.now })
  }

  func answer(cues: Int = 6) async throws -> ExtractorAnswer {
    try await extractor.answer(to: .sample(cues: cues), for: .sample)
  }

  /// The failure that one answer of the server leads to.
  static func failure(
    _ kind: ProviderSettings.Kind, _ response: HTTPResponse, cues: Int = 6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async -> ExtractionFailure? {
    let bench = ProviderBench(kind, ProviderScript(response))
    return await #expect(throws: ExtractionFailure.self, sourceLocation: sourceLocation) {
      try await bench.answer(cues: cues)
    }
  }

  /// The bodies of what was sent, read again.
  func sentBodies() async throws -> [JSONValue] {
    try await script.requests.map {
      try JSONDecoder().decode(JSONValue.self, from: Data($0.body))
    }
  }
}

extension Batch {
  static func sample(cues count: Int) -> Batch {
    let lines = [
      "Did you sleep at all?", "Not a wink.", "You should call it a day.", "I can't, not yet.",
    ]
    let cues = (1...count).map { number in
      Cue(
        number: number, start: .seconds(Double(number) * 3),
        end: .seconds(Double(number) * 3 + 2), text: lines[(number - 1) % lines.count])
    }
    return Batch(number: 1, leadIn: [], cues: cues)
  }
}

extension ExtractionRequest {
  static let sample = ExtractionRequest(
    sourceLanguage: "en", targetLanguage: "es", level: LevelRange(.b1))
}
