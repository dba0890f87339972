import Synchronization
import Testing

@testable import LanguageModels

@Suite("Chat: what calls learn at the same time", .timeLimit(.minutes(1)))
struct EndpointKnowledgeTests {
  private let memory = MemoryInTest()
  private let modes: [SchemaMode] = [.jsonSchema, .jsonObject, .plainText]

  private func knowledge(_ memory: any EndpointMemory) -> EndpointKnowledge {
    EndpointKnowledge(name: "server", modes: modes, memory: memory)
  }

  @Test("what worked with a schema stands against what worked without, in either order")
  func stricterStands() async throws {
    let laxFirst = knowledge(memory)
    let first = await laxFirst.facts()
    #expect(first == EndpointFacts(mode: .jsonSchema))
    let laxer = try #require(await laxFirst.suspected(modeOf: first))
    #expect(laxer.mode == .jsonObject)
    #expect(try await laxFirst.worked(laxer))
    #expect(try await laxFirst.worked(first))
    #expect(await laxFirst.facts() == EndpointFacts(mode: .jsonSchema, isProven: true))

    let strictFirst = knowledge(MemoryInTest())
    #expect(try await strictFirst.worked(first))
    #expect(try await !strictFirst.worked(laxer))
    #expect(await strictFirst.facts() == EndpointFacts(mode: .jsonSchema, isProven: true))
  }

  @Test("a way that has worked meanwhile is not suspected")
  func provenMeanwhile() async throws {
    let knowledge = knowledge(memory)
    let asked = await knowledge.facts()
    _ = try await knowledge.worked(asked)
    #expect(await knowledge.suspected(modeOf: asked) == nil)
  }

  @Test("a refusal counts once, however many calls hear of it")
  func refusedOnce() async throws {
    let knowledge = knowledge(memory)
    let asked = await knowledge.facts()
    for _ in 1...5 {
      #expect(await knowledge.refused(modeOf: asked) == EndpointFacts(mode: .jsonObject))
    }
    #expect(await knowledge.facts().mode == .jsonObject)
    let next = EndpointFacts(mode: .jsonObject)
    #expect(await knowledge.refused(modeOf: next)?.mode == .plainText)
    #expect(await knowledge.refused(modeOf: EndpointFacts(mode: .plainText)) == nil)
  }

  @Test("a refusal of a laxer way that a call tried by itself says nothing of a stricter one")
  func refusedAlone() async throws {
    let knowledge = knowledge(memory)
    let asked = await knowledge.facts()
    let laxer = try #require(await knowledge.suspected(modeOf: asked))
    _ = try await knowledge.worked(asked)
    #expect(await knowledge.refused(modeOf: laxer)?.mode == .plainText)
    #expect(await knowledge.facts() == EndpointFacts(mode: .jsonSchema, isProven: true))
  }

  @Test("refused parameters add up, over calls too")
  func parameters() async throws {
    let knowledge = knowledge(memory)
    let asked = await knowledge.facts()
    #expect(await knowledge.refused(parameter: "a", asked)?.refused == ["a"])
    let both = try #require(await knowledge.refused(parameter: "b", asked))
    #expect(both.refused == ["a", "b"])
    #expect(await knowledge.refused(parameter: "a", both) == nil)
    // Even a call that had neither leaves both known.
    _ = try await knowledge.worked(asked)
    #expect(memory.history == [ChatSupport.facts("json_schema", refused: ["a", "b"])])
  }

  @Test("what can't be read, or is of another time, is found out again")
  func unreadable() async throws {
    for text in ["", "{}", "junk", ChatSupport.facts("tool"), ChatSupport.facts("telepathy")] {
      let facts = await knowledge(MemoryOfAny(text)).facts()
      #expect(facts == EndpointFacts(mode: .jsonSchema))
    }
  }

  @Test("news that come while others are written are written after them")
  func slowWrites() async throws {
    let slow = SlowMemory()
    let knowledge = knowledge(slow)
    let asked = await knowledge.facts()
    let first = Task { try await knowledge.worked(asked) }
    await slow.waitForWrite()
    let more = try #require(await knowledge.refused(parameter: "a", asked))
    #expect(try await !knowledge.worked(more))
    slow.release()
    #expect(try await first.value)
    #expect(
      slow.history == [
        ChatSupport.facts("json_schema"), ChatSupport.facts("json_schema", refused: ["a"]),
      ])
  }

  @Test("what can't be written is known all the same, and written with the next answer")
  func brokenMemory() async throws {
    let broken = BrokenMemory()
    let knowledge = knowledge(broken)
    let asked = await knowledge.facts()
    await #expect(throws: BrokenMemory.Failure.self) { try await knowledge.worked(asked) }
    #expect(await knowledge.facts().isProven)
    broken.isBroken.withLock { $0 = false }
    #expect(try await knowledge.worked(asked))
    #expect(try await !knowledge.worked(asked))
  }
}

/// Holds its first write until it is released.
private final class SlowMemory: EndpointMemory {
  private let written = Mutex<[String]>([])
  private let begun = AsyncStream<Void>.makeStream()
  private let released = AsyncStream<Void>.makeStream()

  var history: [String] { written.withLock(\.self) }

  func waitForWrite() async { for await _ in begun.stream { return } }
  func release() { released.continuation.finish() }

  func recall(_ endpoint: String) async throws -> String? { nil }
  func remember(_ facts: String, of endpoint: String) async throws {
    begun.continuation.yield()
    for await _ in released.stream {}
    written.withLock { $0.append(facts) }
  }
}

private final class BrokenMemory: EndpointMemory {
  struct Failure: Error {}
  let isBroken = Mutex(true)

  func recall(_ endpoint: String) async throws -> String? { throw Failure() }
  func remember(_ facts: String, of endpoint: String) async throws {
    if isBroken.withLock(\.self) { throw Failure() }
  }
}
