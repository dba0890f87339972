import Expressions

/// What a model is asked, before it takes a provider's shape.
struct ChatOrder: Sendable {
  var messages: PromptMessages
  var schema: AnswerSchema
  var estimate: TokenUsage
  /// For the answer alone, without what a model thinks.
  var maxOutputTokens: Int
}

/// What a provider said.
struct ChatReply: Sendable, Hashable {
  /// The answer, as text; a tool's input as JSON text.
  var text: String
  var usage: TokenUsage
  var model: String?
  /// Requests that it took until the server was asked in a way that it takes.
  var requests = 1
}

/// One provider's protocol: bytes out, bytes in, no state.
protocol ChatProtocol: Sendable {
  /// The ways to ask for JSON, the strictest first.
  var schemaModes: [SchemaMode] { get }

  func request(_ order: ChatOrder, _ facts: EndpointFacts) throws -> HTTPRequest

  /// - Throws: `ExtractionFailure`, or `Lesson` when the same should be asked otherwise.
  func reply(in response: HTTPResponse, to order: ChatOrder, _ facts: EndpointFacts, now: Double)
    throws -> ChatReply
}

/// A server refuses a way of asking: to be learned, and asked again at once.
enum Lesson: Error, Hashable {
  /// By its own words.
  case schemaRefused(String)
  /// It fell over the request, and nobody knows over what; the failure stands if no other way works.
  case crashed(ExtractionFailure)
  case parameterRefused(String)
}
