import Expressions
import GRDB
import Synchronization
import SystemPackage
import Testing

@testable import Store

@Suite struct SpendingTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  @Test func whatIsSpentSurvivesTheProcess() async throws {
    let folder = try TemporaryFolder()
    do {
      let first = try EpisodeStore(folder: folder.path)
      try await first.reserve([Reservation(provider: "p", day: "2026-11-23", usd: 0.5)])
      try await first.settle([
        Correction(
          provider: "p", day: "2026-11-23", usage: TokenUsage(input: 100, output: 20),
          usdDelta: -0.25)
      ])
      try first.close()
    }
    let second = try EpisodeStore(folder: folder.path)
    #expect(
      try await second.spending(of: "p", day: "2026-11-23")
        == DaySpending(requests: 1, usage: TokenUsage(input: 100, output: 20), usd: 0.25))
    #expect(try await second.spending(of: "p", day: "2026-11-24") == DaySpending())
    #expect(try await second.spending(of: "q", day: "2026-11-23") == DaySpending())
  }

  @Test func reservationsThatComeTogetherAreOneTransaction() async throws {
    let counter = Counter()
    try await store.pool.writeWithoutTransaction { database in
      database.trace { event in
        if "\(event)".hasPrefix("COMMIT") { counter.increment() }
      }
    }
    let reservations = (0..<50).map { Reservation(provider: "p\($0 % 3)", day: "d", usd: 0.01) }
    try await store.reserve(reservations)
    #expect(counter.value == 1)
    try await store.reserve([])
    #expect(counter.value == 1, "nothing to write, nothing to sync")
    try await store.reserve([reservations[0]])
    #expect(counter.value == 2)
    #expect(try await store.spending(of: "p0", day: "d").requests == 18)
  }

  @Test func reservationsAreAllWrittenOrNone() async throws {
    try inspect(folder) {
      try $0.execute(
        sql: """
          CREATE TRIGGER abort BEFORE UPDATE ON spending WHEN NEW.provider = 'bad'
          BEGIN SELECT RAISE(ABORT, 'a test'); END
          """)
    }
    await #expect(throws: DatabaseError.self) {
      try await store.reserve([
        Reservation(provider: "good", day: "d", usd: 1),
        Reservation(provider: "bad", day: "d", usd: 1),
      ])
    }
    #expect(try await store.spending(of: "good", day: "d") == DaySpending())
    #expect(try await store.spendingTotal(since: "").isEmpty)
  }

  @Test func noCorrectionTakesASumBelowZero() async throws {
    try await store.reserve([Reservation(provider: "p", day: "d", usd: 0.1)])
    try await store.settle([
      Correction(provider: "p", day: "d", requests: -3, usage: .zero, usdDelta: -5),
      Correction(
        provider: "p", day: "d", usage: TokenUsage(input: -9, output: .max), usdDelta: .infinity),
    ])
    let spending = try await store.spending(of: "p", day: "d")
    #expect(spending.requests == 0)
    #expect(spending.usd == 0)
    #expect(spending.usage == TokenUsage(input: 0, output: 1_000_000_000_000))
  }

  @Test func aDayThatIsUsedUpStaysClosedAndTheNextIsOpen() async throws {
    try await store.closeDay("p", "2026-11-23", requestLimit: 20)
    try await store.reserve([Reservation(provider: "p", day: "2026-11-23", usd: 0)])
    try await store.closeDay("p", "2026-11-23", requestLimit: nil)
    #expect(
      try await store.spending(of: "p", day: "2026-11-23")
        == DaySpending(requests: 1, requestLimit: 20, isClosed: true))
    #expect(try await store.spending(of: "p", day: "2026-11-24") == DaySpending())
  }

  @Test func totalsAreByProviderFromADayOn() async throws {
    try await store.reserve([
      Reservation(provider: "b", day: "2026-11-21", usd: 8),
      Reservation(provider: "b", day: "2026-11-22", usd: 1),
      Reservation(provider: "b", day: "2026-11-23", usd: 2),
      Reservation(provider: "a", day: "2026-12-01", requests: 3, usd: 0),
    ])
    let totals = try await store.spendingTotal(since: "2026-11-22")
    #expect(totals.map(\.provider) == ["a", "b"])
    #expect(totals.map(\.requests) == [3, 2])
    #expect(totals.map(\.usd) == [0, 3])
  }

  @Test func whatAnEndpointUnderstandsIsRemembered() async throws {
    #expect(try await store.recall(endpoint: "http://localhost m") == nil)
    try await store.remember("{}", of: "http://localhost m", now: 1)
    try await store.remember(#"{"a":1}"#, of: "http://localhost m", now: 2)
    #expect(try await store.recall(endpoint: "http://localhost m") == #"{"a":1}"#)
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }

  func increment() { count.withLock { $0 += 1 } }
}
