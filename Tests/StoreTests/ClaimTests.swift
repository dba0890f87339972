import Expressions
import GRDB
import Synchronization
import SystemPackage
import Testing

@testable import Store

@Suite struct ClaimTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private func next(
    now: Double = 5, _ origins: [EpisodeOrigin] = EpisodeOrigin.allCases
  ) async throws -> Int64? {
    try await store.nextEpisode(now: now, origins: origins)?.id
  }

  @Test func theOrderIsByOriginThenBegunThenAge() async throws {
    let backlog = try await store.transcribing("/m/1.mkv", origin: .backlog)
    let newFile = try #require(
      try store.recordEpisodeFile(stamp("/m/2.mkv"), library: "m", origin: .news, now: 1))
    let begun = try await store.transcribing("/m/3.mkv")
    let later = try await store.transcribing("/m/4.mkv")
    var order: [Int64] = []
    while let id = try await store.nextEpisode(now: 5, excluding: Set(order))?.id {
      order.append(id)
    }
    #expect(order == [begun, later, newFile, backlog])
    #expect(try await next([.backlog]) == backlog)
    #expect(try await next([.request]) == nil)
    #expect(try await next([]) == nil)
  }

  @Test func whatFailsIsPostponedAndHoldsUpNothing() async throws {
    let poison = try await store.transcribing("/m/poison.mkv")
    let good = try await store.transcribing("/m/good.mkv")
    #expect(try await next() == poison)
    try await store.recordFailure(of: poison, reason: "no", retryAt: 60, counts: true, now: 5)
    #expect(try await next() == good)
    #expect(try await store.nextAttempt(after: 5) == 60)
    #expect(try await next(now: 60) == poison, "due again, and the older one")
    try await store.recordFailure(of: poison, reason: "never", retryAt: nil, counts: true, now: 61)
    #expect(try await next(now: 1_000) == good)
    #expect(try await store.episode(poison).state == .failed)
    #expect(try await store.episode(poison).reason == "never")
    #expect(
      try await store.incidents(of: poison) == ["transcribing: no", "transcribing: never"])
  }

  @Test func aFileThatIsGoneIsNoWork() async throws {
    let id = try await store.transcribing("/m/a.mkv")
    try store.recordVanished("/m/a.mkv")
    #expect(try await next() == nil)
    #expect(try await store.counts().gone == 1)
    try store.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 1)
    #expect(try await next() == id)
    #expect(try await store.counts().gone == 0)
  }

  @Test func placesAreCountedThroughMovesAndMerges() async throws {
    let id = try await store.transcribing("/m/a.mkv")
    let copy = try #require(
      try store.recordEpisodeFile(stamp("/m/b.mkv"), library: "m", origin: .news, now: 1))
    let merged = try await store.recordProbe(
      of: try await store.episode(copy), fingerprint: "/m/a.mkv", probe: "{}", now: 2)
    #expect(merged == .known(id, origin: .news))
    try store.recordVanished("/m/a.mkv")
    #expect(try await next() == id, "it is still at the other place")
    try store.recordRename(from: "/m/b.mkv", to: "/m/c.mkv")
    #expect(try await store.episode(id).path == "/m/c.mkv")
    try store.recordVanished("/m/c.mkv")
    #expect(try await next() == nil)
    // The one whose only place another file takes is neither there nor gone.
    let other = try #require(
      try store.recordEpisodeFile(
        stamp("/m/c.mkv", size: 11, modified: 2), library: "m", origin: .news, now: 3))
    #expect(try await next() == other)
    #expect(try await store.counts().gone == 1, "its first place is known still")
  }

  /// What SQLite does for a statement, in its own words.
  private func plan(_ body: (EpisodeStore) async throws -> Void) async throws -> [String] {
    let seen = SeenStatements()
    var configuration = EpisodeStore.configuration
    configuration.prepareDatabase { database in
      database.trace { if case .statement(let text) = $0 { seen.add(text.expandedSQL) } }
    }
    let folder = try TemporaryFolder()
    let traced = try EpisodeStore(folder: folder.path, configuration: configuration)
    seen.clear()
    try await body(traced)
    try traced.close()
    return try inspect(folder) { database in
      try seen.all.filter { $0.hasPrefix("SELECT") || $0.hasPrefix("WITH") }.flatMap { sql in
        try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
      }
    }
  }

  @Test func noClaimAndNoStatusLooksAtEveryEpisode() async throws {
    let steps = try await plan { store in
      _ = try await store.nextEpisode(now: 5)
      _ = try await store.nextEarly(now: 5, lateSince: 4)
      _ = try await store.nextRefresh(now: 5)
      _ = try await store.nextToLookAt(now: 5)
      _ = try await store.nextToPlace(now: 5)
      _ = try await store.nextAttempt(after: 5, lateAfter: 60)
      _ = try await store.counts()
      _ = try await store.leftAlone()
      _ = try await store.overview(limit: 500)
      _ = try store.leftAloneTwin(of: stamp("/m/a.mkv"))
    }
    #expect(steps.count > 20, "every statement was seen: \(steps)")
    let tables = ["SCAN episode", "SCAN location", "SCAN batch", "SCAN clip"]
    let scans = steps.filter { step in tables.contains { step.hasPrefix($0) } }
    // One counts rows, and reads nothing but an index for it; one goes through the latest changes in order.
    #expect(
      Set(scans) == [
        "SCAN episode USING COVERING INDEX episode_by_work",
        "SCAN episode USING INDEX episode_by_change",
      ])
    #expect(!steps.contains { $0.contains("TEMP B-TREE FOR GROUP BY") })
  }
}

private final class SeenStatements: Sendable {
  private let statements = Mutex<[String]>([])

  func add(_ sql: String) { statements.withLock { $0.append(sql) } }
  func clear() { statements.withLock { $0 = [] } }
  var all: [String] { statements.withLock { $0 } }
}
