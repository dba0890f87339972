import Expressions
import LanguageModels
import ModelServer
import Settings
import Synchronization
import Testing

@Suite("Chat: what is learned of a server", .timeLimit(.minutes(2)))
struct ChatLearningTests {
  struct Lesson: Sendable, CustomStringConvertible {
    var vendor: Vendor
    /// Of a server that is unlike what the provider expects of its kind.
    var trouble: @Sendable (ModelRequest) -> ModelFault?
    var requests: Int
    var facts: String
    var description: String { "\(vendor.rawValue): \(facts)" }
  }

  static let lessons: [Lesson] =
    [
      (.gemini, "json_object"), (.openai, "json_object"), (.ollama, "json_object"),
      (.anthropic, "json_schema"),
    ].map { vendor, mode in
      Lesson(
        vendor: vendor,
        trouble: {
          ($0.schemaMode == .jsonSchema && mode == "json_object") || $0.schemaMode == .tool
            ? .schemaRefused : nil
        }, requests: 2, facts: ChatSupport.facts(mode))
    } + [
      Lesson(
        vendor: .openai, trouble: { $0.schemaMode == .none ? nil : .schemaRefused }, requests: 3,
        facts: ChatSupport.facts("plain_text")),
      Lesson(
        vendor: .anthropic, trouble: { $0.schemaMode == .none ? nil : .schemaRefused }, requests: 3,
        facts: ChatSupport.facts("plain_text")),
      Lesson(
        vendor: .openai, trouble: { $0.schemaMode == .jsonSchema ? .schemaCrash : nil },
        requests: 3, facts: ChatSupport.facts("json_object")),
      Lesson(
        vendor: .ollama, trouble: { $0.schemaMode == .jsonSchema ? .schemaCrash : nil },
        requests: 3, facts: ChatSupport.facts("json_object")),
      Lesson(
        vendor: .openai,
        trouble: {
          $0.parameters["max_tokens"] == nil
            ? nil : .parameterRefused("max_tokens", instead: "max_completion_tokens")
        }, requests: 2, facts: ChatSupport.facts("json_schema", refused: ["max_tokens"])),
      Lesson(
        vendor: .openai,
        trouble: { $0.parameters["temperature"] == nil ? nil : .parameterRefused("temperature") },
        requests: 2, facts: ChatSupport.facts("json_schema", refused: ["temperature"])),
      Lesson(
        vendor: .anthropic,
        trouble: { $0.parameters["temperature"] == nil ? nil : .parameterRefused("temperature") },
        requests: 2, facts: ChatSupport.facts("tool", refused: ["temperature"])),
      Lesson(
        vendor: .ollama,
        trouble: { $0.parameters["think"] == nil ? nil : .parameterRefused("think") },
        requests: 2, facts: ChatSupport.facts("json_schema", refused: ["think"])),
      Lesson(
        vendor: .gemini,
        trouble: {
          $0.parameters["thinkingConfig"] == nil ? nil : .parameterRefused("thinkingConfig")
        }, requests: 2, facts: ChatSupport.facts("json_schema", refused: ["thinkingConfig"])),
    ]

  private func learn(_ lesson: Lesson, _ memory: MemoryInTest, requests: Int) async throws {
    try await serving(
      lesson.vendor, PlausibleModel { lesson.trouble($0).map(PlausibleModel.Trouble.fault) },
      named: "gemini-2.5-flash", memory: memory
    ) { extractor, server in
      let answer = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
      #expect(answer.answer.candidates.count == 3)
      #expect(server.requests().count == requests)
      #expect(answer.requests == requests)
    }
  }

  @Test("a way that is refused is replaced in the same call, and remembered", arguments: lessons)
  func lesson(_ lesson: Lesson) async throws {
    let memory = MemoryInTest()
    try await learn(lesson, memory, requests: lesson.requests)
    #expect(memory.history == [lesson.facts])
    let later = MemoryOfAny(try #require(memory.history.last))
    try await serving(
      lesson.vendor, PlausibleModel { lesson.trouble($0).map(PlausibleModel.Trouble.fault) },
      named: "gemini-2.5-flash", memory: later
    ) { extractor, server in
      for _ in 1...2 {
        _ = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
      }
      #expect(server.requests().count == 2)
    }
    // Nothing is written that is known already.
    #expect(later.writes == 0)
  }

  @Test("a failure tells how often the server was asked")
  func refusedAltogether() async throws {
    try await serving(.openai, PlausibleModel { _ in .fault(.schemaRefused) }) {
      extractor, server in
      let failure = await extractor.failure()
      #expect(failure?.kind == .refused)
      #expect(server.requests().count > 1)
      #expect(failure?.requests == server.requests().count)
    }
    let late = PlausibleModel { request in
      request.schemaMode == .jsonSchema ? .fault(.schemaRefused) : .fault(.keyRefused)
    }
    try await serving(.openai, late) { extractor, server in
      #expect(await extractor.failure()?.requests == 2)
      #expect(server.requests().count == 2)
    }
  }

  @Test("a single crash is chance: the schema is asked for again, and kept")
  func chance() async throws {
    let memory = MemoryInTest()
    try await serving(
      .openai, PlausibleModel { $0.number == 1 ? .fault(.schemaCrash) : nil }, memory: memory
    ) {
      extractor, server in
      _ = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
      #expect(server.requests().count == 2)
    }
    #expect(memory.history == [ChatSupport.facts("json_schema")])
  }

  @Test("a crash after a way has worked is the caller's to try again, and nothing is forgotten")
  func crashLater() async throws {
    let memory = MemoryInTest()
    try await serving(
      .ollama, PlausibleModel { $0.number == 2 ? .fault(.schemaCrash) : nil }, memory: memory
    ) {
      extractor, server in
      _ = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
      #expect(await extractor.failure()?.kind == .retry)
      _ = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
      let modes = server.requests().compactMap { ModelRequest($0)?.schemaMode }
      #expect(modes == [.jsonSchema, .jsonSchema, .jsonSchema])
    }
    #expect(memory.history == [ChatSupport.facts("json_schema")])
  }

  @Test("a way that worked and is refused later is given up, and that is remembered")
  func refusedLater() async throws {
    let memory = MemoryInTest()
    try await serving(
      .openai,
      PlausibleModel {
        $0.number > 1 && $0.schemaMode == .jsonSchema ? .fault(.schemaRefused) : nil
      }, memory: memory
    ) { extractor, server in
      for _ in 1...3 {
        _ = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
      }
      #expect(server.requests().count == 4)
    }
    #expect(memory.history == [ChatSupport.facts("json_schema"), ChatSupport.facts("json_object")])
  }

  @Test("many first calls at once all succeed and share what they learn")
  func atOnce() async throws {
    let memory = MemoryInTest()
    let refused = Mutex(0)
    try await serving(
      .openai,
      PlausibleModel { request in
        if request.schemaMode == .jsonSchema { return .fault(.schemaRefused) }
        if request.parameters["max_tokens"] != nil {
          // Half of them hear of one parameter first, half of the other.
          let isOdd = refused.withLock { count in
            count += 1
            return count.isMultiple(of: 2)
          }
          if isOdd, request.parameters["temperature"] != nil {
            return .fault(.parameterRefused("temperature"))
          }
          return .fault(.parameterRefused("max_tokens", instead: "max_completion_tokens"))
        }
        return request.parameters["temperature"].map { _ in .fault(.parameterRefused("temperature"))
        }
      }, memory: memory
    ) { extractor, server in
      try await withThrowingTaskGroup { group in
        for _ in 1...20 {
          group.addTask {
            try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
          }
        }
        for try await answer in group { #expect(answer.answer.candidates.count == 3) }
      }
      #expect(server.requests().count <= 20 * 4)
      let before = server.requests().count
      _ = try await extractor.answer(to: ChatSupport.batch(), for: ChatSupport.request)
      #expect(server.requests().count == before + 1)
    }
    #expect(
      memory.history.last
        == ChatSupport.facts("json_object", refused: ["max_tokens", "temperature"]))
  }
}
