import Expressions
import GRDB
import Store
import Subtitles
import SystemPackage
import Testing

/// Pauses, and what people have done once more or forgotten.
@Suite struct AgainTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private func group(_ cue: Int) -> Group {
    Group(
      context: Context(firstCue: cue, lastCue: cue), start: .zero, end: .seconds(1),
      expressions: [], alsoHere: [])
  }

  /// Done, with three clips: one published, one that is known, one that was deleted.
  private func done(_ path: FilePath) async throws -> Int64 {
    let id = try await store.extracting(path, [batch(1, key: "one")])
    try await store.recordAnswer(answer("one"), to: batch(1, key: "one"), of: id, now: 3)
    try await store.record(.extracted, of: id, now: 4)
    try await store.decide([group(1), group(2), group(3)], of: id, isLast: true)
    try await store.recordPublished(
      (1...3).map { ClipOutcome(id: $0, file: "\($0).mp4", reason: nil, facts: "{}") }, of: id,
      isLast: true, reason: nil, now: 11)
    try await store.recordKnown("2.mp4", of: id, now: 12)
    try await store.recordGone("3.mp4", of: id, now: 13)
    return id
  }

  @Test func aPauseOutlivesARestart() async throws {
    #expect(try await store.workPause() == WorkPause())
    #expect(try await store.pause(.backlog, now: 5).stops(.backlog))
    #expect(try await store.pause(.backlog, now: 6).since == [.backlog: 5])
    try store.close()
    let again = try EpisodeStore(folder: folder.path)
    var pause = try await again.workPause()
    #expect(EpisodeOrigin.allCases.filter(pause.stops) == [.backlog])
    pause = try await again.pause(.all, now: 7)
    #expect(EpisodeOrigin.allCases.filter(pause.stops) == EpisodeOrigin.allCases)
    try await again.resume()
    #expect(try await again.workPause() == WorkPause())
  }

  @Test func aRecutAsksNothingAndLeavesWhatPeopleHaveDecided() async throws {
    let id = try await done("/m/a.mkv")
    let unfinished = try await store.extracting("/m/b.mkv", [batch(1, key: "two")])
    #expect(try await store.recut([unfinished, 99], now: 20) == 0)
    #expect(try await store.recut(nil, now: 21) == 1)
    #expect(try await store.episode(id).state == .cutting)
    let clips = try await store.clips(of: id)
    #expect(clips.map(\.state) == [.pending, .published, .published])
    #expect(
      clips.map(\.file) == ["1.mp4", "2.mp4", "3.mp4"], "it stays until the new one is there")
    #expect(try await store.batchCounts(of: id).answered == 1)
  }

  @Test func onlyWhatFailedIsTriedAgain() async throws {
    let failed = try await store.transcribing("/m/a.mkv")
    try await store.record(.failed, of: failed, reason: "no", now: 3)
    let waiting = try await store.transcribing("/m/b.mkv")
    try await store.recordFailure(
      of: waiting, reason: "later", retryAt: 100, counts: true, now: 4)
    #expect(try await store.retryFailed([waiting], now: 5) == 0)
    #expect(try await store.retryFailed(nil, now: 6) == 1)
    #expect(try await store.episode(failed).state == .probing)
    #expect(try await store.episode(waiting).nextAttemptAt == 100)
  }

  @Test func aForgottenEpisodeIsLeftAloneAndItsAnswersAreKept() async throws {
    let id = try await done("/m/a.mkv")
    #expect(try await store.forget(id, now: 30) == .leftAlone)
    #expect(try await store.episode(id).state == .leftAlone)
    #expect(try await store.clips(of: id).isEmpty)
    #expect(try await store.transcript(of: id, role: "source") == nil)
    #expect(try await store.keptAnswer("one") != nil)
    #expect(try await store.adopts(id) == false)
    // The next scan changes nothing about it; a request does.
    #expect(
      try store.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 31) == nil)
    #expect(try await store.nextEpisode(now: 32) == nil)
    let asked = try await store.recordRequest(stamp("/m/a.mkv"), library: "m", now: 33)
    #expect(asked.id == id)
    #expect(asked.state == .probing)
  }

  @Test func aForgottenEpisodeThatIsGoneLeavesNoRow() async throws {
    let id = try await done("/m/a.mkv")
    try store.recordVanished("/m/a.mkv")
    #expect(try await store.forget(id, now: 30) == .gone)
    #expect(try await store.overview(of: id) == nil)
    #expect(try await store.forget(id, now: 31) == nil)
    #expect(try await store.counts().gone == 0)
  }

  @Test func historyIsKeptForAWhile() async throws {
    let id = try await store.transcribing("/m/a.mkv")
    let day = 86_400.0
    for number in 1...150 {
      try await store.recordFailure(
        of: id, reason: "no \(number)", retryAt: 1, counts: true, now: Double(number) * day)
    }
    try await store.reserve([
      Reservation(provider: "p", day: "1970-01-02", usd: 1),
      Reservation(provider: "p", day: "1972-06-01", usd: 1),
    ])
    try await store.keepKeyframes("{}", of: "/m/a.mkv")
    try await store.keepKeyframes("{}", of: "unknown")
    #expect(try await store.pruneHistory(now: 1_000 * day) > 0)
    #expect(try await store.incidents(of: id).isEmpty)
    #expect(try await store.spendingTotal(since: "1970").map(\.requests) == [1])
    #expect(try await store.keyframes(of: "/m/a.mkv") != nil)
    #expect(try await store.keyframes(of: "unknown") == nil)
    for number in 1...150 {
      try await store.recordFailure(
        of: id, reason: "yes \(number)", retryAt: 1, counts: true, now: 1_000 * day)
    }
    try await store.pruneHistory(now: 1_000 * day)
    let incidents = try await store.incidents(of: id)
    #expect(incidents.count == 100)
    #expect(incidents.last == "transcribing: yes 150")
  }
}
