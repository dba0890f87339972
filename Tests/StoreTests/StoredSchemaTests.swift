import Expressions
import Foundation
import GRDB
import SystemPackage
import Testing

@testable import Store

/// Every version's store opens in this one, with all that it held.
@Suite struct StoredSchemaTests {
  /// Those of which a copy is stored; the newest gets its own with the next one.
  static let versions = Schema.migrator.migrations.filter {
    FileManager.default.fileExists(atPath: StoredSchemas.file(of: $0).string)
  }

  /// Once, before any is read.
  private static let written = Result {
    if ProcessInfo.processInfo.environment["LANGFLIX_WRITE_SCHEMAS"] != nil {
      try StoredSchemas.write()
    }
  }

  init() throws { try Self.written.get() }

  /// What SQLite remembers of the tables, but for white space.
  private func shape(_ folder: TemporaryFolder) throws -> [String] {
    try inspect(folder) { database in
      try String.fetchAll(
        database, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
      ).map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }
  }

  @Test(arguments: versions) func aStoredVersionIsMigrated(_ version: String) async throws {
    let folder = try TemporaryFolder()
    try StoredSchemas.restore(version, in: folder)
    let store = try EpisodeStore(folder: folder.path)
    let number = try #require(version.split(separator: " ").first.flatMap { Int($0) })

    let (states, gone) = try await store.counts()
    #expect(states == [.extracting: 1, .done: 1, .leftAlone: 1])
    #expect(gone == 1)
    #expect(try await store.keptAnswer("one")?.answer.candidates.map(\.meaning) == ["stop"])
    #expect(try await store.candidates(of: 7).map(\.phrase) == ["call it a day"])
    #expect(try await store.pending(7).map(\.contentKey) == ["two"])
    #expect(try await store.nextEpisode(now: 59) == nil, "it waits until 60")
    #expect(try await store.nextEpisode(now: 60)?.id == 7)
    #expect(try await store.incidents(of: 10) == ["probing: no video"])
    let clips = try await store.clips(of: 8)
    #expect(clips.map(\.group.id) == [4, 9])
    #expect(clips.map(\.state) == [.published, .failed])
    #expect(clips[0].file == "01 call it a day.mp4")
    #expect(try await store.locations(of: 8) == ["/m/b.mkv"])
    #expect(try await store.overview(limit: 9).map(\.record.id) == [10, 8, 7])
    #expect(try await store.leftAlone() == (1, 12))
    if number >= 2 {
      #expect(try await store.keptAnswer("eight")?.costUSD == 0.25)
      #expect(try await store.isTooBig("big"))
      #expect(try await store.spending(of: "openai", day: "2026-05-01").requests == 3)
    }
    if number >= 3 {
      #expect(try await store.settledCue(of: 8) == 12)
      #expect(try await store.nextEarly(now: 100, lateSince: 50)?.id == 7)
    }
    if number >= 4 {
      #expect(try await store.keyframes(of: "11-cd") != nil)
      #expect(clips[0].goneAt == 21)
    }
    if number >= 5 {
      #expect(try await store.transcript(of: 7, role: "source")?.stamp == "a.en.srt 5 105")
      #expect(try await store.translations(of: 8) == [6: "Hola"], "its cues come two later")
    }
    if number >= 6 { #expect(try await store.workPause() == WorkPause(since: [.backlog: 90])) }
    if number >= 9 {
      #expect(try await store.nextToPlace(now: 94) == nil)
      #expect(try await store.nextToPlace(now: 95)?.id == 8)
      let found = try await store.expressions(matching: "break", level: nil, limit: 9, offset: 0)
      #expect(found.expressions.map(\.phrase) == ["break the ice"])
    }
    if number >= 11 {
      #expect(try await store.notices(after: 0, since: 0).map(\.id) == [3, 4])
      #expect(try await store.told()[ToldMark(receiver: "ntfy ab", topic: .clips)] == 2)
      #expect(try await store.openTroubles().map(\.reason) == ["no room"])
      try await store.recordPublished([], of: 8, isLast: true, reason: nil, now: 50) { "\($0)" }
      #expect(try await store.notices(after: 4, since: 0).map(\.content) == ["2"], "untold before")
    }
    try store.close()

    #expect(try inspect(folder) { try EpisodeStore.problems($0) } == [])
    let fresh = try TemporaryFolder()
    try EpisodeStore(folder: fresh.path).close()
    #expect(try shape(folder) == shape(fresh))
    try expectUpgradeBackup(of: version, in: folder)
  }

  /// Before the tables are changed the store is copied as it was.
  private func expectUpgradeBackup(of version: String, in folder: TemporaryFolder) throws {
    let backups = EpisodeStore.backups(in: folder.path)
    guard version != Schema.migrator.migrations.last else {
      #expect(backups.isEmpty)
      return
    }
    try #require(backups.map(\.kind) == [.upgrade])
    let queue = try DatabaseQueue(path: backups[0].file.string)
    #expect(
      try queue.read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") }
        .last == version)
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM episode") } == 4)
  }
}
