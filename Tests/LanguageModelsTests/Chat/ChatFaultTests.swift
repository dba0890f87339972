import Expressions
import Foundation
import LanguageModels
import ModelServer
import Testing

@Suite("Chat: what a server refuses", .timeLimit(.minutes(2)))
struct ChatFaultTests {
  typealias Kind = ExtractionFailure.Kind

  struct Case: Sendable, CustomStringConvertible {
    var vendor: Vendor
    var fault: ModelFault
    var kind: Kind
    var requests = 1

    var description: String { "\(vendor.rawValue) \(fault)" }
  }

  static let faults: [Case] = Vendor.allCases.flatMap { vendor -> [Case] in
    // Who may have fallen over the schema is asked the same again, and then in each other way.
    let isSuspect = vendor == .openai || vendor == .ollama
    return [
      Case(vendor: vendor, fault: .rateLimited(), kind: .throttled(wait: nil)),
      Case(vendor: vendor, fault: .rateLimited(.seconds(7)), kind: .throttled(wait: .seconds(7))),
      Case(
        vendor: vendor, fault: .rateLimited(.milliseconds(1_250)),
        kind: .throttled(wait: .milliseconds(1_250))),
      Case(vendor: vendor, fault: .unavailable, kind: .throttled(wait: nil)),
      Case(vendor: vendor, fault: .overloaded, kind: .throttled(wait: nil)),
      Case(vendor: vendor, fault: .moneySpent, kind: .refused),
      Case(vendor: vendor, fault: .keyRefused, kind: .refused),
      Case(vendor: vendor, fault: .modelUnknown, kind: .refused),
      Case(vendor: vendor, fault: .contextTooLong, kind: .split),
      Case(vendor: vendor, fault: .internalError, kind: .retry, requests: isSuspect ? 4 : 1),
      Case(vendor: vendor, fault: .schemaCrash, kind: .retry, requests: isSuspect ? 4 : 1),
      Case(vendor: vendor, fault: .schemaRefused, kind: .refused, requests: 3),
    ]
  }

  static let days = [
    Case(
      vendor: .gemini, fault: .rateLimited(.retryInfo(seconds: 51.25)),
      kind: .throttled(wait: .milliseconds(51_250))),
    Case(vendor: .gemini, fault: .daySpent(limit: 20), kind: .daySpent(dailyRequests: 20)),
    Case(
      vendor: .gemini, fault: .daySpent(limit: 250, statesValue: false),
      kind: .daySpent(dailyRequests: 250)),
    Case(vendor: .gemini, fault: .daySpent(limit: 0), kind: .refused),
    Case(vendor: .gemini, fault: .daySpent(limit: 0, statesValue: false), kind: .refused),
    Case(vendor: .openai, fault: .daySpent(limit: 200), kind: .daySpent(dailyRequests: 200)),
    Case(vendor: .openai, fault: .daySpent(limit: 0), kind: .refused),
    // These two have no such answer, only the status.
    Case(vendor: .ollama, fault: .daySpent(limit: 20), kind: .throttled(wait: nil)),
    Case(vendor: .anthropic, fault: .daySpent(limit: 20), kind: .throttled(wait: nil)),
  ]

  @Test("each refusal has its consequence", arguments: faults + days)
  func fault(_ example: Case) async throws {
    let memory = MemoryInTest()
    try await serving(example.vendor, PlausibleModel { _ in .fault(example.fault) }, memory: memory)
    {
      extractor, server in
      let failure = await extractor.failure()
      #expect(failure?.kind == example.kind, "\(failure?.reason ?? "")")
      #expect(failure?.usage == .zero)
      #expect(failure?.reason.contains(ChatSupport.key) == false)
      #expect(server.requests().count == example.requests)
    }
    #expect(memory.history.isEmpty)
  }

  @Test("a date to wait for is counted from the server's clock", arguments: Vendor.allCases)
  func date(_ vendor: Vendor) async throws {
    let date = Date() + 3_600
    try await serving(vendor, PlausibleModel { _ in .fault(.rateLimited(.date(date))) }) {
      extractor, _ in
      let failure = await extractor.failure()
      guard case .throttled(let wait?) = failure?.kind else {
        Issue.record("no wait: \(String(describing: failure))")
        return
      }
      #expect(wait > .seconds(1_800) && wait <= .seconds(3_600))
    }
  }

  @Test("a filter's refusal is for good, with what it cost", arguments: Vendor.allCases)
  func blocked(_ vendor: Vendor) async throws {
    for finish in [ModelAnswer.Finish.promptBlocked, .answerBlocked] {
      try await serving(vendor, PlausibleModel { _ in .finish(finish) }) { extractor, server in
        let failure = await extractor.failure()
        // A local model has no filter, it only has words.
        #expect(failure?.kind == (vendor == .ollama ? .retry : .permanent))
        #expect((failure?.usage.input ?? 0) > 100)
        #expect(server.requests().count == 1)
      }
    }
  }

  @Test(
    "an answer that did not fit divides the batch, with what it cost", arguments: Vendor.allCases)
  func truncated(_ vendor: Vendor) async throws {
    try await serving(vendor, PlausibleModel { _ in .flaw(.truncated) }) { extractor, _ in
      let failure = await extractor.failure()
      #expect(failure?.kind == .split)
      #expect((failure?.usage.input ?? 0) > 100)
      #expect((failure?.usage.output ?? 0) > 20)
    }
  }
}
