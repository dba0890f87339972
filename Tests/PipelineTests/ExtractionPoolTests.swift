import Expressions
import Foundation
import Logging
import Store
import Subtitles
import Synchronization
import SystemPackage
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

  func answer(
    to batch: Batch, for request: ExtractionRequest
  ) async throws -> ExtractorAnswer {
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
    return ExtractorAnswer(
      answer: Answer(candidates: []), usage: TokenUsage(input: 1_000_000, output: 0))
  }
}

/// Fails in the ways that it is told, one after another, then answers.
private final class FailingExtractor: Extractor {
  let identity: ExtractorIdentity
  private let failures: Mutex<[ExtractionFailure.Kind]>
  private let requests: Int?
  private let count = Mutex(0)

  /// - Parameter requests: what each failure took.
  init(_ failures: [ExtractionFailure.Kind], name: String = "failing", requests: Int? = nil) {
    identity = ExtractorIdentity(name: name, version: "1")
    self.failures = Mutex(failures)
    self.requests = requests
  }

  var asked: Int { count.withLock { $0 } }

  func supports(sourceLanguage: String) -> Bool { true }

  func answer(
    to batch: Batch, for request: ExtractionRequest
  ) async throws -> ExtractorAnswer {
    count.withLock { $0 += 1 }
    let kind = failures.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    if let kind {
      throw ExtractionFailure(kind: kind, reason: "as the test wants it", requests: requests)
    }
    return ExtractorAnswer(answer: Answer(candidates: []))
  }
}

@Suite(.timeLimit(.minutes(5))) struct ExtractionPoolTests {
  private let request = ExtractionRequest(sourceLanguage: "en", targetLanguage: nil)
  private let folder: FilePath
  private let store: EpisodeStore

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("lf-pool-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = FilePath(url.path)
    store = try EpisodeStore(folder: folder)
  }

  private func pool(
    _ extractors: [any Extractor], _ limits: ExtractorLimits, isCounted: Bool = false
  ) -> ExtractionPool {
    ExtractionPool(
      lanes: extractors.map {
        PoolLane(
          name: $0.identity.name, extractor: $0, limits: limits, plan: BatchPlan(),
          day: isCounted ? ProviderDay(timeZone: .gmt) : nil)
      }, ledger: SpendingLedger(store: store), logger: Logger(label: "test"))
  }

  private func batch(_ number: Int) -> Batch { Batch(number: number, leadIn: [], cues: []) }

  private func ask(_ pool: ExtractionPool, _ number: Int) async throws {
    try await pool.ask(
      batch(number), request, priority: PoolPriority(rank: 0, episode: 1, batch: number),
      after: nil, shortcut: { _ in false }, keep: { _ in })
  }

  private func spent(_ name: String) async throws -> DaySpending {
    let day = ProviderDay(timeZone: .gmt).current(at: Date.now.timeIntervalSince1970).name
    return try await store.spending(of: name, day: day)
  }

  @Test func keepsToItsLimitAndAnswersAll() async throws {
    let extractor = GatedExtractor()
    let pool = pool([extractor], ExtractorLimits(concurrency: 3))
    try await withThrowingTaskGroup { group in
      for number in 1...10 {
        group.addTask { try await ask(pool, number) }
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
    let pool = pool([extractor], ExtractorLimits(concurrency: 1))
    let first = Task { try await ask(pool, 1) }
    var arrived = extractor.arrived.makeAsyncIterator()
    _ = await arrived.next()
    let second = Task { try await ask(pool, 2) }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    extractor.open.yield()
    _ = try await first.value
    // The slot is free again.
    let third = Task { try await ask(pool, 3) }
    #expect(await arrived.next() == 3)
    extractor.open.yield()
    _ = try await third.value
    #expect(extractor.answered == [1, 3])
  }

  @Test func aStopLetsWhatIsInFlightFinish() async throws {
    let extractor = GatedExtractor()
    let pool = pool([extractor], ExtractorLimits(concurrency: 1))
    let first = Task { try await ask(pool, 1) }
    var arrived = extractor.arrived.makeAsyncIterator()
    _ = await arrived.next()
    let second = Task { try await ask(pool, 2) }
    await pool.drain()
    await #expect(throws: ExtractionPool.Drained.self) { try await second.value }
    extractor.open.yield()
    try await first.value
    #expect(extractor.answered == [1])
  }

  @Test func theLedgerIsWrittenBeforeTheCallAndCorrectedAfterIt() async throws {
    let extractor = GatedExtractor()
    let limits = ExtractorLimits(
      concurrency: 1, price: TokenPrice(inputUSD: 2, outputUSD: 0))
    let pool = pool([extractor], limits, isCounted: true)
    let first = Task { try await ask(pool, 1) }
    var arrived = extractor.arrived.makeAsyncIterator()
    _ = await arrived.next()
    #expect(try await spent("gated").requests == 1)
    extractor.open.yield()
    try await first.value
    let after = try await spent("gated")
    #expect(after.requests == 1)
    #expect(after.usage.input == 1_000_000)
    #expect(after.usd == 2)
  }

  @Test func aDaysBudgetOutlivesThePool() async throws {
    let limits = ExtractorLimits(concurrency: 2, requestsPerDay: 3)
    let extractor = FailingExtractor([])
    let before = pool([extractor], limits, isCounted: true)
    for number in 1...2 { try await ask(before, number) }
    let after = pool([extractor], limits, isCounted: true)
    try await ask(after, 3)
    let error = await #expect(throws: ExtractionPool.Closed.self) { try await ask(after, 4) }
    let until = try #require(error?.until)
    #expect(until > Date.now.timeIntervalSince1970)
    #expect(until <= Date.now.timeIntervalSince1970 + 86_401)
    #expect(extractor.asked == 3)
  }

  @Test(arguments: [ExtractionFailure.Kind.permanent, .retry, .unreachable])
  func whatAFailureTookIsCounted(_ kind: ExtractionFailure.Kind) async throws {
    let limits = ExtractorLimits(concurrency: 2, requestsPerDay: 3)
    let pool = pool([FailingExtractor([kind], requests: 3)], limits, isCounted: true)
    await #expect(throws: ExtractionFailure.self) { try await ask(pool, 1) }
    #expect(try await spent("failing").requests == 3)
    await #expect(throws: ExtractionPool.Closed.self) { try await ask(pool, 2) }
  }

  @Test func whatNeverArrivedIsNoRequestOfTheDay() async throws {
    let limits = ExtractorLimits(concurrency: 2, requestsPerDay: 3)
    let pool = pool([FailingExtractor([.unreachable])], limits, isCounted: true)
    await #expect(throws: ExtractionFailure.self) { try await ask(pool, 1) }
    #expect(try await spent("failing").requests == 0)
  }

  @Test func aDrainedPoolAsksForItsDayNoMore() async throws {
    let pool = pool([FailingExtractor([])], ExtractorLimits(concurrency: 1), isCounted: true)
    try store.close()
    await pool.drain()
    // Without an end it would try to read a closed store for ever.
    await pool.renewDay(0)
  }

  /// Has another program change the store's file.
  private func sqlite(_ sql: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sqlite3", folder.appending("langflix.sqlite3").string, sql]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  @Test func aSpentDayThatCouldNotBeWrittenIsWrittenLater() async throws {
    let extractor = FailingExtractor([.daySpent(dailyRequests: 9)])
    let pool = pool([extractor], ExtractorLimits(concurrency: 1), isCounted: true)
    try sqlite(
      "CREATE TRIGGER no BEFORE UPDATE OF closed ON spending BEGIN SELECT RAISE(ABORT, 'no'); END")
    await #expect(throws: ExtractionFailure.self) { try await ask(pool, 1) }
    #expect(try await spent("failing").isClosed == false)
    try sqlite("DROP TRIGGER no")
    while try await !spent("failing").isClosed { try await Task.sleep(for: .milliseconds(50)) }
    #expect(try await spent("failing").requestLimit == 9)
    await #expect(throws: ExtractionPool.Closed.self) { try await ask(pool, 2) }
  }

  @Test func theNextProviderOfTheListStandsIn() async throws {
    let refusing = FailingExtractor([.refused], name: "refusing")
    let second = FailingExtractor([], name: "second")
    let pool = pool([refusing, second], ExtractorLimits(concurrency: 1))
    await #expect(throws: ExtractionFailure.self) { try await ask(pool, 1) }
    for number in 1...3 { try await ask(pool, number) }
    #expect(refusing.asked == 1)
    #expect(second.asked == 3)
  }

  @Test func aRefusedKeyClosesUntilAPersonMendsIt() async throws {
    let extractor = FailingExtractor([.refused])
    let pool = pool([extractor], ExtractorLimits(concurrency: 1))
    await #expect(throws: ExtractionFailure.self) { try await ask(pool, 1) }
    let closed = await #expect(throws: ExtractionPool.Closed.self) { try await ask(pool, 1) }
    #expect(closed?.until == nil)
    #expect(closed?.reason.contains("as the test wants it") == true)
    await pool.reopen()
    try await ask(pool, 1)
    #expect(extractor.asked == 2)
  }
}
