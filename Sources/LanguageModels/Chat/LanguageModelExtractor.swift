import Expressions
import Foundation
import Logging
import Settings

/// An LLM provider as an extractor: one request for each batch.
///
/// What a new server understands is found out on the way and remembered; any other failure is the caller's to try
/// again. An empty answer to a long batch is asked for once more.
package struct LanguageModelExtractor: Extractor {
  package let identity: ExtractorIdentity
  let settings: ProviderSettings
  let chat: any ChatProtocol
  let transport: any HTTPTransport
  let endpoint: EndpointKnowledge
  let logger: Logger
  let now: @Sendable () -> Date
  private let prompt: Prompt

  package init(
    settings: ProviderSettings, prompt: Prompt, transport: any HTTPTransport,
    memory: any EndpointMemory, logger: Logger, now: @escaping @Sendable () -> Date
  ) {
    self.settings = settings
    self.prompt = prompt
    self.transport = transport
    self.now = now
    var logger = logger
    logger[metadataKey: "provider"] = "\(settings.name)"
    self.logger = logger
    chat =
      switch settings.kind {
      case .gemini: GeminiProtocol(settings: settings)
      case .openai: OpenAIProtocol(settings: settings)
      case .ollama: OllamaProtocol(settings: settings)
      case .anthropic: AnthropicProtocol(settings: settings)
      }
    endpoint = EndpointKnowledge(
      name: "\(settings.kind.rawValue) \(settings.baseURL) \(settings.model)",
      modes: chat.schemaModes, memory: memory)
    identity = Self.identity(of: settings, prompt)
  }

  /// Everything that an answer depends on besides the question; no key.
  private static func identity(
    of settings: ProviderSettings, _ prompt: Prompt
  ) -> ExtractorIdentity {
    let parts = URLComponents(string: settings.baseURL)
    let port = parts?.port.map { ":\($0)" } ?? ""
    let temperature = settings.temperature.map { ";temperature=\($0)" } ?? ""
    return ExtractorIdentity(
      name: "\(settings.kind.rawValue)@\(parts?.host ?? "?")\(port)",
      version: """
        model=\(settings.model)\(temperature);prompt=\(prompt.version);schema=\(AnswerSchema.version)
        """)
  }

  package func supports(sourceLanguage: String) -> Bool { true }

  package func estimate(of batch: Batch, for request: ExtractionRequest) -> TokenUsage {
    Self.estimate(of: prompt.messages(for: batch, request: request), batch, request)
  }

  private static func estimate(
    of messages: PromptMessages, _ batch: Batch, _ request: ExtractionRequest
  ) -> TokenUsage {
    TokenUsage(
      input: TokenEstimate.tokens(in: messages.system) + TokenEstimate.tokens(in: messages.user),
      output: TokenEstimate.output(cues: batch.cues.count, translates: request.translatesCues))
  }

  package func answer(
    to batch: Batch, for request: ExtractionRequest
  ) async throws -> ExtractorAnswer {
    let first = try await ask(batch, request, urging: false)
    guard first.answer.candidates.isEmpty, first.answer.rejected.isEmpty,
      batch.cues.count >= Self.leastCuesForUrging, settings.requestsPerDay == nil,
      settings.usdPerDay == nil
    else { return first }
    // An empty list is a common lazy answer: asked once more before it is believed, where no limit of the day has to hold:
    // for a second question nothing was reserved.
    logger.debug("an empty answer; asked once more", metadata: ["batch": "\(batch.number)"])
    do {
      var second = try await ask(batch, request, urging: true)
      second.usage = first.usage + second.usage
      second.requests += first.requests
      return second
    } catch {
      let failure =
        error as? ExtractionFailure ?? ExtractionFailure(kind: .retry, reason: "\(error)")
      // The first answer stands: it was an answer, and it is paid for.
      logger.debug("the second try failed", metadata: ["reason": "\(failure.reason)"])
      var first = first
      first.usage = first.usage + failure.usage
      first.requests += failure.requests
      return first
    }
  }

  /// So many cues hold hardly nothing worth learning.
  private static let leastCuesForUrging = 12

  private func ask(
    _ batch: Batch, _ request: ExtractionRequest, urging: Bool
  ) async throws -> ExtractorAnswer {
    var messages = prompt.messages(for: batch, request: request)
    if urging {
      messages.user +=
        "\n\nLook again: dialogue of this length nearly always holds some expressions that are worth learning.\n"
    }
    let estimate = Self.estimate(of: messages, batch, request)
    let order = ChatOrder(
      messages: messages, schema: AnswerSchema(for: request), estimate: estimate,
      maxOutputTokens: TokenEstimate.most(for: estimate))
    let reply = try await converse(order)
    do {
      guard let value = JSONText.extract(from: reply.text) else {
        throw ExtractionFailure(
          kind: .retry, reason: "the answer holds no JSON: \(ServerRefusal.words(reply.text))",
          usage: reply.usage, requests: reply.requests)
      }
      let answer = try AnswerReader(batch: batch, request: request).read(value)
      let problems = order.schema.problems(in: value)
      for problem in problems.prefix(3) {
        logger.debug("an answer is not quite of its schema", metadata: ["problem": "\(problem)"])
      }
      // One bad item never costs its batch, but an answer of nothing else is none.
      if answer.candidates.isEmpty, !answer.rejected.isEmpty, let problem = problems.first {
        throw ExtractionFailure(
          kind: .retry, reason: "nothing in the answer is of its schema: \(problem)",
          usage: reply.usage, requests: reply.requests)
      }
      return ExtractorAnswer(
        answer: answer, usage: reply.usage, requests: reply.requests, model: reply.model,
        rawText: reply.text)
    } catch let error as AnswerShapeError {
      throw ExtractionFailure(
        kind: .retry, reason: "the answer was not what was asked for: \(error)",
        usage: reply.usage, requests: reply.requests)
    }
  }
}
