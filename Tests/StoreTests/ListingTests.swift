import Expressions
import Store
import SystemPackage
import Testing

@Suite struct ListingTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private func paths(_ listing: EpisodeListing) async throws -> [String] {
    let (episodes, total) = try await store.episodes(listing)
    #expect(episodes.count <= total)
    return episodes.map { $0.record.knownPath?.stem ?? "" }
  }

  @Test func listsByStateLibraryAndText() async throws {
    let first = try await store.extracting("/m/Alpha.mkv", [batch(1, key: "a")])
    try await store.finish(first)
    _ = try await store.transcribing("/m/beta.mkv")
    try store.recordEpisodeFile(stamp("/m/gamma.mkv"), library: "n", origin: .news, now: 30)
    #expect(try await paths(.init(limit: 10)) == ["gamma", "Alpha", "beta"])
    #expect(try await paths(.init(states: [.done], limit: 10)) == ["Alpha"])
    #expect(try await paths(.init(library: "n", limit: 10)) == ["gamma"])
    #expect(try await paths(.init(text: "ALPH", limit: 10)) == ["Alpha"])
    #expect(try await paths(.init(text: "%", limit: 10)).isEmpty)
    #expect(try await paths(.init(limit: 1, offset: 1)) == ["Alpha"])
    try await store.markVanished("/m/beta.mkv")
    #expect(try await paths(.init(isGone: true, limit: 10)) == ["beta"])
    #expect(try await paths(.init(isGone: false, limit: 10)) == ["gamma", "Alpha"])
    let totals = try await store.libraryTotals()
    #expect(totals["m"]?.episodes == 1)
    #expect(totals["m"]?.clips == 0)
  }

  @Test func theQueueIsInTheOrderOfWork() async throws {
    try store.recordEpisodeFile(stamp("/m/backlog.mkv"), library: "m", origin: .backlog, now: 1)
    try store.recordEpisodeFile(stamp("/m/first.mkv"), library: "m", origin: .news, now: 2)
    try store.recordEpisodeFile(stamp("/m/second.mkv"), library: "m", origin: .news, now: 3)
    try store.recordEpisodeFile(stamp("/m/asked.mkv"), library: "m", origin: .request, now: 4)
    #expect(
      try await paths(.init(states: EpisodeState.working, order: .queue, limit: 10))
        == ["asked", "first", "second", "backlog"])
    #expect(try await store.totals().oldestQueued == 1)
  }

  @Test func incidentsAreAHistory() async throws {
    let id = try await store.transcribing("/m/a.mkv")
    for number in 1...3 {
      try await store.recordFailure(
        of: id, reason: "reason \(number)", retryAt: 100, counts: true, now: Double(number))
    }
    let (latest, total) = try await store.incidents(limit: 2, offset: 0)
    #expect(total == 3)
    #expect(latest.map(\.reason) == ["reason 3", "reason 2"])
    #expect(latest.first?.path == "/m/a.mkv")
    #expect(
      try await store.incidentRecords(of: id).map(\.reason) == ["reason 1", "reason 2", "reason 3"])
    #expect(try await store.totals().incidents == ["transcribing": 3])
  }
}
