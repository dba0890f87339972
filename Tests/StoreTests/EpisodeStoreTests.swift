import Expressions
import Foundation
import Store
import Subtitles
import SystemPackage
import Testing

@Suite struct EpisodeStoreTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  @Test func answersSurviveAPowerCut() async throws {
    let (journal, synchronous) = try await store.durability()
    #expect(journal == "wal")
    #expect(synchronous == 2, "PRAGMA synchronous = FULL")
  }

  @Test func oneProcessOwnsIt() throws {
    let error = #expect(throws: StoreError.self) { try EpisodeStore(folder: folder.path) }
    #expect(error?.code == .owned)
    #expect(error?.message.contains("process \(getpid())") == true)
  }

  @Test func aFreedStoreCanBeTakenAgain() async throws {
    let folder = try TemporaryFolder()
    do {
      let first = try EpisodeStore(folder: folder.path)
      try first.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 1)
      try first.close()
    }
    let second = try EpisodeStore(folder: folder.path)
    #expect(try await second.nextEpisode(now: 2)?.path == "/m/a.mkv")
  }

  @Test func aDamagedStoreIsNamed() throws {
    let folder = try TemporaryFolder()
    try Data(repeating: 7, count: 8_192)
      .write(to: URL(fileURLWithPath: folder.path.appending("langflix.sqlite3").string))
    let error = #expect(throws: StoreError.self) { try EpisodeStore(folder: folder.path) }
    #expect(error?.code == .foreign)
    #expect(error?.message.contains("langflix db restore") == true)
  }

  @Test func newsGoesBeforeBacklogAndWhatWasBegunBeforeBoth() async throws {
    try store.recordBacklog(
      library: "m", taken: [stamp("/m/old.mkv")], leftAlone: [stamp("/m/older.mkv")], now: 1)
    try store.recordEpisodeFile(stamp("/m/old.mkv"), library: "m", origin: .news, now: 2)
    try store.recordEpisodeFile(stamp("/m/new.mkv"), library: "m", origin: .news, now: 3)
    #expect(try await store.nextEpisode(now: 4)?.path == "/m/new.mkv")
    try store.recordEpisodeFile(stamp("/m/newer.mkv"), library: "m", origin: .news, now: 5)
    let newest = try #require(try await store.episode(at: "/m/newer.mkv"))
    _ = try await store.recordProbe(of: newest, fingerprint: "f", probe: "{}", now: 6)
    #expect(try await store.nextEpisode(now: 7)?.path == "/m/newer.mkv")
    let asked = try await store.recordRequest(stamp("/m/older.mkv"), library: "m", now: 8)
    #expect(asked.state == .probing)
    #expect(try await store.nextEpisode(now: 9)?.path == "/m/older.mkv")
  }

  @Test func theFirstScanIsRememberedAndItsRestLeftAlone() async throws {
    #expect(try store.isFirstScan(of: "m"))
    let files = [stamp("/m/a.mkv"), stamp("/m/b.mkv")]
    try store.recordBacklog(library: "m", taken: [files[0]], leftAlone: [files[1]], now: 1)
    #expect(try !store.isFirstScan(of: "m"))
    #expect(try store.unknown(among: files) == [files[0]], "what is taken settles first")
    #expect(try await store.nextEpisode(now: 2) == nil)
    #expect(try await store.leftAlone().episodes == 1)
    #expect(try await store.takeBacklog(newest: 5, now: 3) == 1)
    #expect(try await store.nextEpisode(now: 4)?.path == "/m/b.mkv")
  }

  @Test func aPathNeedNotBeUTF8() async throws {
    let bytes: [CChar] = [0x2F, 0x6D, 0x2F, -1, 0x0A, -2, 0]
    let path = bytes.withUnsafeBufferPointer { FilePath(platformString: $0.baseAddress!) }
    try store.recordEpisodeFile(stamp(path), library: "m", origin: .news, now: 1)
    #expect(try await store.nextEpisode(now: 2)?.path == path)
    #expect(try store.knownPaths(in: "m") == [path])
  }

  @Test func closingASecondTimeDoesNothing() async throws {
    try store.close()
    try store.close()
    // The folder is another owner's by now.
    let next = try EpisodeStore(folder: folder.path)
    try store.close()
    #expect(throws: StoreError.self) { try EpisodeStore(folder: folder.path) }
    try next.close()
  }

  @Test func aCopyIsTheSameEpisode() async throws {
    try store.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 1)
    let first = try #require(try await store.nextEpisode(now: 1))
    #expect(
      try await store.recordProbe(of: first, fingerprint: "f", probe: "{}", now: 2) == .new)
    try store.recordVanished("/m/a.mkv")
    #expect(try await store.nextEpisode(now: 3) == nil)
    try store.recordEpisodeFile(stamp("/m/b.mkv"), library: "m", origin: .news, now: 4)
    let second = try #require(try await store.nextEpisode(now: 4))
    #expect(
      try await store.recordProbe(of: second, fingerprint: "f", probe: "{}", now: 5)
        == .known(first.id, origin: .news))
    let next = try #require(try await store.nextEpisode(now: 6))
    #expect(next.id == first.id)
    #expect(next.path == "/m/b.mkv")
    #expect(try await store.counts().states == [.transcribing: 1])
  }

  @Test func aFileThatComesBackGoesOn() async throws {
    let id = try store.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 1)
    try store.recordVanished("/m/a.mkv")
    #expect(try await store.nextEpisode(now: 2) == nil)
    #expect(try await store.counts().gone == 1)
    let again = try store.recordEpisodeFile(
      stamp("/m/a.mkv"), library: "m", origin: .news, now: 3)
    #expect(again != nil && again == id, "the conveyor is told")
    #expect(try await store.nextEpisode(now: 4)?.path == "/m/a.mkv")
  }

  @Test func backlogStaysLeftAloneUnderAnyName() async throws {
    try store.recordBacklog(library: "m", taken: [], leftAlone: [stamp("/m/a.mkv")], now: 1)
    try store.recordVanished("/m/a.mkv")
    #expect(try await store.leftAlone().episodes == 0)
    #expect(
      try store.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 2) == nil)
    #expect(try await store.leftAlone().episodes == 1)
    #expect(try store.leftAloneTwin(of: stamp("/m/b.mkv")) == "/m/a.mkv")
    #expect(try store.leftAloneTwin(of: stamp("/m/b.mkv", size: 11)) == nil)
    try store.recordRename(from: "/m/a.mkv", to: "/m/b.mkv")
    #expect(try store.unknown(among: [stamp("/m/b.mkv")]).isEmpty)
    #expect(try await store.nextEpisode(now: 3) == nil)
  }

  @Test func aFileReplacedDuringItsProbeIsProbedAgain() async throws {
    try store.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 1)
    let seen = try #require(try await store.nextEpisode(now: 1))
    try store.recordEpisodeFile(
      stamp("/m/a.mkv", size: 20, modified: 2), library: "m", origin: .news, now: 2)
    #expect(
      try await store.recordProbe(of: seen, fingerprint: "f", probe: "{}", now: 3) == .replaced)
    let next = try #require(try await store.nextEpisode(now: 4))
    #expect(next.state == .probing)
    #expect(next.sizeBytes == 20)
    #expect(next.fingerprint == nil)
  }

  @Test func subtitlesThatGoAndComeBackAreNewsAgain() throws {
    _ = try store.recordSidecar(stamp("/m/a.en.srt"), library: "m", near: ["/m"], now: 1)
    #expect(try store.knownPaths(in: "m") == ["/m/a.en.srt"])
    #expect(try store.unknown(among: [stamp("/m/a.en.srt")]).isEmpty)
    try store.recordVanished("/m/a.en.srt")
    #expect(try store.unknown(among: [stamp("/m/a.en.srt")]).count == 1)
  }

  @Test func aFileThatGrewOnIsTheSameRow() async throws {
    try store.recordEpisodeFile(stamp("/m/a.mkv", size: 5), library: "m", origin: .news, now: 1)
    let id = try #require(try await store.nextEpisode(now: 1)).id
    try await store.recordFailure(of: id, reason: "truncated", retryAt: nil, counts: true, now: 2)
    try store.recordEpisodeFile(stamp("/m/a.mkv", size: 9), library: "m", origin: .news, now: 3)
    let next = try #require(try await store.nextEpisode(now: 4))
    #expect(next.id == id)
    #expect(next.reason == nil)
    #expect(try await store.incidents(of: id) == ["probing: truncated"])
  }

  @Test func postponedWorkWaitsForItsTimeAndEndsAsFailed() async throws {
    try store.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 1)
    let id = try #require(try await store.nextEpisode(now: 1)).id
    try await store.recordFailure(of: id, reason: "busy", retryAt: 100, counts: true, now: 2)
    #expect(try await store.nextEpisode(now: 99) == nil)
    #expect(try await store.nextAttempt(after: 99) == 100)
    #expect(try await store.nextEpisode(now: 100)?.attempts == 1)
    try await store.recordFailure(of: id, reason: "busy", retryAt: nil, counts: true, now: 101)
    #expect(try await store.episode(id).state == .failed)
    #expect(try await store.retry(nil, now: 102) == 1)
    #expect(try await store.nextEpisode(now: 103)?.attempts == 0)
  }

  @Test func subtitlesThatComeLateWakeTheirEpisode() async throws {
    for name in ["/m/show/a.mkv", "/m/other/b.mkv"] {
      try store.recordEpisodeFile(stamp(FilePath(name)), library: "m", origin: .news, now: 1)
      let found = try #require(try await store.episode(at: FilePath(name)))
      let id = found.id
      _ = try await store.recordProbe(of: found, fingerprint: name, probe: "{}", now: 1)
      try await store.record(.subtitlesMissing, of: id, reason: "none", now: 2)
    }
    #expect(try await store.nextEpisode(now: 3) == nil)
    let woken = try store.recordSidecar(
      stamp("/m/show/Subs/2_English.srt"), library: "m", near: ["/m/show/Subs", "/m/show"], now: 4)
    #expect(woken.count == 1)
    #expect(try await store.nextEpisode(now: 5)?.path == "/m/show/a.mkv")
  }
}
