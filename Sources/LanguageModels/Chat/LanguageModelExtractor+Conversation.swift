import Expressions
import Foundation
import Logging
import Settings

extension LanguageModelExtractor {
  /// Enough for every way of asking and every parameter that may be refused.
  private static let mostRequests = 8

  /// Asks, and asks otherwise as long as the server refuses the way of asking.
  /// - Throws: `ExtractionFailure`, `CancellationError`.
  func converse(_ order: ChatOrder) async throws -> ChatReply {
    var facts = await endpoint.facts()
    var mayBeChance = true
    var failure = ExtractionFailure(
      kind: .refused, reason: "the server refuses every way of asking")
    for requests in 1...Self.mostRequests {
      let next: EndpointFacts?
      do {
        var reply = try await send(order, facts)
        reply.requests = requests
        await keep(facts)
        return reply
      } catch Lesson.schemaRefused(let message) {
        failure.kind = .refused
        failure.reason = "the server refuses every way of asking: \(message)"
        failure.requests = requests
        next = await endpoint.refused(modeOf: facts)
      } catch Lesson.parameterRefused(let name) {
        failure.kind = .refused
        failure.reason = "the server refuses '\(name)', with and without it"
        failure.requests = requests
        next = await endpoint.refused(parameter: name, facts)
      } catch Lesson.crashed(let crash) {
        failure = crash
        failure.requests = requests
        let laxer = await endpoint.suspected(modeOf: facts)
        // A single crash may be chance, and a schema is not given up for that.
        next = mayBeChance && laxer != nil ? facts : laxer
        mayBeChance = false
      } catch var last as ExtractionFailure {
        last.requests += requests - 1
        throw last
      }
      guard let next else { break }
      facts = next
    }
    throw failure
  }

  func knownFacts() async -> EndpointFacts { await endpoint.facts() }

  private func keep(_ facts: EndpointFacts) async {
    do {
      guard try await endpoint.worked(facts) else { return }
      let summary = await endpoint.facts().summary
      logger.notice("learned of a provider", metadata: ["facts": "\(summary)"])
    } catch {
      logger.warning("what was learned can't be kept", metadata: ["reason": "\(error)"])
    }
  }

  private func send(_ order: ChatOrder, _ facts: EndpointFacts) async throws -> ChatReply {
    do {
      let request = try chat.request(order, facts)
      let response = try await transport.send(request).hiding(settings.apiKey)
      logger.debug(
        "provider answered",
        metadata: [
          "status": "\(response.status)", "bytes": "\(response.body.count)",
          "seconds": "\(response.duration / .seconds(1))",
        ])
      return try chat.reply(
        in: response, to: order, facts, now: now().timeIntervalSince1970)
    } catch let failure as HTTPFailure {
      throw ExtractionFailure(failure)
    }
  }
}

extension ExtractionFailure {
  init(_ failure: HTTPFailure) {
    let kind: Kind =
      switch failure.kind {
      case .unreachable: .unreachable
      case .untrusted, .invalid: .refused
      case .timedOut, .dropped, .tooLarge: .retry
      }
    self.init(kind: kind, reason: failure.message)
  }
}
