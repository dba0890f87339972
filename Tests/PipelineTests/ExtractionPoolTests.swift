import Expressions
import Subtitles
import Synchronization
import Testing

@testable import Pipeline

/// Answers when it is told to, and knows how many it answers at once.
private final class GatedExtractor: Extractor {
  private struct State {
    var inFlight = 0
    var most = 0
    var answered: [Int] = []
  }

  let identity = ExtractorIdentity(name: "gated", version: "1")
  private let state = Mutex(State())
  private let arrivals: AsyncStream<Int>.Continuation
  private let gate: AsyncStream<Void>
  let open: AsyncStream<Void>.Continuation
  let arrived: AsyncStream<Int>

  init() {
    (arrived, arrivals) = AsyncStream.makeStream()
    (gate, open) = AsyncStream.makeStream()
  }

  var most: Int { state.withLock { $0.most } }
  var answered: [Int] { state.withLock { $0.answered } }

  func supports(sourceLanguage: String) -> Bool { true }

  func candidates(in batch: Batch, for request: ExtractionRequest) async throws -> [Candidate] {
    state.withLock {
      $0.inFlight += 1
      $0.most = max($0.most, $0.inFlight)
    }
    arrivals.yield(batch.number)
    for await _ in gate { break }
    state.withLock {
      $0.inFlight -= 1
      $0.answered.append(batch.number)
    }
    return []
  }
}

@Suite(.timeLimit(.minutes(5))) struct ExtractionPoolTests {
  private let request = ExtractionRequest(sourceLanguage: "en", targetLanguage: nil)

  private func batch(_ number: Int) -> Batch { Batch(number: number, leadIn: [], cues: []) }

  @Test func keepsToItsLimitAndAnswersAll() async throws {
    let extractor = GatedExtractor()
    let pool = ExtractionPool(extractor: extractor, limit: 3)
    try await withThrowingTaskGroup { group in
      for number in 1...10 {
        group.addTask { _ = try await pool.candidates(in: batch(number), for: request) }
      }
      var arrived = extractor.arrived.makeAsyncIterator()
      // Three come in; each that leaves lets one more in.
      for _ in 1...3 { _ = await arrived.next() }
      for _ in 4...10 {
        extractor.open.yield()
        _ = await arrived.next()
      }
      for _ in 1...3 { extractor.open.yield() }
      try await group.waitForAll()
    }
    #expect(extractor.most == 3)
    #expect(Set(extractor.answered) == Set(1...10))
  }

  @Test func aCancelledWaiterLeavesTheLine() async throws {
    let extractor = GatedExtractor()
    let pool = ExtractionPool(extractor: extractor, limit: 1)
    let first = Task { try await pool.candidates(in: batch(1), for: request) }
    var arrived = extractor.arrived.makeAsyncIterator()
    _ = await arrived.next()
    let second = Task { try await pool.candidates(in: batch(2), for: request) }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    extractor.open.yield()
    _ = try await first.value
    // The slot is free again.
    let third = Task { try await pool.candidates(in: batch(3), for: request) }
    #expect(await arrived.next() == 3)
    extractor.open.yield()
    _ = try await third.value
    #expect(extractor.answered == [1, 3])
  }
}
