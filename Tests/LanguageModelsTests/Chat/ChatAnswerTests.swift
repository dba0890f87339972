import Expressions
import LanguageModels
import ModelServer
import Settings
import Testing

@Suite("Chat: what a model answers", .timeLimit(.minutes(2)))
struct ChatAnswerTests {
  @Test("an answer comes with usage, model and its own text", arguments: Vendor.allCases)
  func answered(_ vendor: Vendor) async throws {
    try await serving(vendor, PlausibleModel { _ in nil }) { extractor, server in
      let answer = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
      #expect(answer.answer.candidates.count == 3)
      #expect(answer.answer.translations.count == 9)
      #expect(answer.answer.rejected.isEmpty)
      #expect(answer.usage.input > 100 && answer.usage.output > 50)
      #expect(answer.model == "test-model")
      #expect(answer.rawText.contains("contexts"))
      let request = try #require(server.requests().first)
      #expect(server.requests().count == 1)
      #expect(ModelRequest(request)?.hasKey == true)
      #expect(!"\(request.path) \(request.query ?? "")".contains(ChatSupport.key))
      #expect(!String(decoding: request.body, as: UTF8.self).contains(ChatSupport.key))
    }
  }

  @Test("JSON in prose or in a fence is read", arguments: Vendor.allCases)
  func wrapped(_ vendor: Vendor) async throws {
    for flaw in [AnswerFlaw.prose, .fence] {
      try await serving(vendor, PlausibleModel { _ in .flaw(flaw) }) { extractor, server in
        let answer = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
        #expect(answer.answer.candidates.count == 3)
        #expect(server.requests().count == 1)
      }
    }
  }

  @Test("what is no answer is tried again by the caller", arguments: Vendor.allCases)
  func useless(_ vendor: Vendor) async throws {
    for flaw in [AnswerFlaw.cutShort, .wrongSchema, .noText] {
      try await serving(vendor, PlausibleModel { _ in .flaw(flaw) }) { extractor, server in
        let failure = await extractor.failure()
        #expect(failure?.kind == .retry, "\(flaw)")
        #expect((failure?.usage.input ?? 0) > 100)
        #expect(server.requests().count == 1)
      }
    }
  }

  @Test("cues that were not asked about are counted", arguments: Vendor.allCases)
  func wrongCues(_ vendor: Vendor) async throws {
    try await serving(vendor, PlausibleModel { _ in .flaw(.wrongCueNumbers) }) {
      extractor, server in
      let batch = ChatSupport.batch(cues: 30)
      let answer = try await extractor.answer(to: batch, for: ChatSupport.request)
      #expect(answer.answer.candidates.isEmpty)
      #expect(answer.answer.rejected == ["cue_out_of_batch": 10, "bad_translation": 30])
      // It was no empty answer.
      #expect(server.requests().count == 1)
    }
  }

  @Test("an empty answer to a long batch is asked for once more", arguments: Vendor.allCases)
  func empty(_ vendor: Vendor) async throws {
    try await serving(vendor, PlausibleModel { $0.number == 1 ? .flaw(.emptyList) : nil }) {
      extractor, server in
      let batch = ChatSupport.batch(cues: 12)
      let answer = try await extractor.answer(to: batch, for: ChatSupport.request)
      #expect(answer.answer.candidates.count == 4)
      let prompts = server.requests().compactMap { ModelRequest($0)?.user }
      #expect(prompts.count == 2)
      #expect(answer.requests == 2)
      #expect(prompts.last?.contains("Look again") == true)
      let once = try await extractor.answer(to: batch, for: ChatSupport.request)
      #expect(answer.usage.input > 2 * once.usage.input)
    }
  }

  @Test("a short batch may be empty, and so may a long one that was asked about twice")
  func reallyEmpty() async throws {
    try await serving(.openai, PlausibleModel { _ in .flaw(.emptyList) }) { extractor, server in
      for (cues, requests) in [(11, 1), (12, 2)] {
        let before = server.requests().count
        let answer = try await extractor.answer(
          to: ChatSupport.batch(cues: cues), for: ChatSupport.request)
        #expect(answer.answer == Answer(candidates: []))
        #expect(server.requests().count - before == requests)
      }
    }
  }

  @Test("where money or requests of a day are limited an empty answer is believed")
  func emptyWithinALimit() async throws {
    let model = PlausibleModel { _ in .flaw(.emptyList) }
    try await ModelServer.serving(
      reply: { model.reply(to: $0) },
      with: { server in
        var settings = try ChatSupport.settings(.openai, at: server.origin)
        settings.usdPerDay = 5
        _ = try await ChatSupport.extractor(settings).answer(
          to: ChatSupport.batch(cues: 12), for: ChatSupport.request)
        settings.usdPerDay = nil
        settings.requestsPerDay = 5
        _ = try await ChatSupport.extractor(settings).answer(
          to: ChatSupport.batch(cues: 12), for: ChatSupport.request)
        #expect(server.requests().count == 2)
      })
  }

  @Test("an empty answer stands when asking once more fails, and both are paid for")
  func emptyThenFailed() async throws {
    try await serving(
      .openai, PlausibleModel { $0.number == 1 ? .flaw(.emptyList) : .flaw(.truncated) }
    ) {
      extractor, server in
      let answer = try await extractor.answer(
        to: ChatSupport.batch(cues: 12), for: ChatSupport.request)
      #expect(answer.answer.candidates.isEmpty)
      #expect(answer.usage.output > 100)
      #expect(server.requests().count == 2)
      #expect(answer.requests == 2)
    }
  }
}
