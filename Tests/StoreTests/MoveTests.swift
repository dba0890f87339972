import Expressions
import Foundation
import Store
import Subtitles
import SystemPackage
import Testing

/// Where an episode's file is, what became of its clips, and a better file of it.
@Suite struct MoveTests {
  private let folder: TemporaryFolder
  private let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private func group(_ cue: Int) -> Group {
    Group(
      context: Context(firstCue: cue, lastCue: cue), start: .zero, end: .seconds(1),
      expressions: [], alsoHere: [])
  }

  /// A done episode with these clips published in /m/Shorts/langflix/a.
  private func done(_ path: FilePath = "/m/a.mkv", clips: [Int] = [1, 5, 9]) async throws -> Int64 {
    let id = try await store.extracting(path, [batch(1, key: "k")])
    try await store.record(.extracted, of: id, now: 3)
    try await store.decide(clips.map(group), of: id, isLast: true, through: 100)
    try await store.recordFolder("/m/Shorts/langflix/a", of: id)
    try await store.recordPublished(
      clips.map {
        ClipOutcome(
          id: $0, file: "../../a - \($0).mp4", reason: nil,
          facts: #"{"file":"../../a - \#($0).mp4","durationS":1.5,"extracts":[]}"#)
      }, of: id, isLast: true, reason: nil, now: 4)
    return id
  }

  @Test func whatHappensToAFileIsToBeLookedAt() async throws {
    let id = try await done()
    #expect(try await store.nextToPlace(now: 1e12) == nil)
    try store.recordVanished("/m/a.mkv")
    #expect(try await store.nextToPlace(now: 1e12)?.id == id)
    var seen = try await store.whereabouts(of: id)
    #expect(seen.present.isEmpty)
    #expect(seen.goneAt != nil)
    #expect(!seen.isSoughtFor)
    // A file of the same size that nobody has looked at yet may be it.
    try store.recordEpisodeFile(stamp("/m/b.mkv"), library: "n", origin: .news, now: 5)
    #expect(try await store.whereabouts(of: id).isSoughtFor)
    let found = try #require(try await store.episode(at: "/m/b.mkv"))
    let identity = try await store.recordProbe(
      of: found, fingerprint: "/m/a.mkv", probe: "{}", now: 6)
    #expect(identity == .known(id, origin: .news))
    seen = try await store.whereabouts(of: id)
    #expect(seen.present.map(\.path) == ["/m/b.mkv"])
    #expect(seen.goneAt == nil)
    #expect(!seen.isSoughtFor)
    // It is postponed before the look, so that what happens meanwhile counts.
    try await store.postponePlacing(id, until: 100)
    try store.recordEpisodeFile(stamp("/m/a.mkv"), library: "m", origin: .news, now: 7)
    try await store.completePlacing(id, postponedUntil: 100)
    #expect(try await store.isToBePlaced(id, now: 8))
    // A run that was killed meanwhile is made good at once.
    try await store.postponePlacing(id, until: 100)
    try await store.resumeLooks(now: 9)
    #expect(try await store.isToBePlaced(id, now: 9))
    #expect(try await store.nextRefresh(now: 1e12) == nil)
  }

  @Test func aMoveIsARowUntilItIsDone() async throws {
    let id = try await done()
    let move = ClipMove(
      from: "/m/Shorts/langflix/a", to: "/n/Shorts/langflix/b",
      files: ["../../a - 1.mp4": "../../b - 1.mp4", "../../a - 5.mp4": "../../b - 5.mp4"])
    try await store.beginMove(move, of: id)
    #expect(try await store.move(of: id) == move)
    // What is missing on the way counts as nothing.
    #expect(try await store.publishedFolders(inLibraries: ["m"]).isEmpty)
    try await store.recordGone("../../a - 1.mp4", of: id, in: move.from, now: 5)
    #expect(try await store.clips(of: id).allSatisfy { $0.goneAt == nil })
    try await store.completeMove(move, of: id)
    #expect(try await store.move(of: id) == nil)
    #expect(try await store.episode(id).folder == move.to)
    let clips = try await store.clips(of: id)
    #expect(clips.map(\.file) == ["../../b - 1.mp4", "../../b - 5.mp4", "../../a - 9.mp4"])
    #expect(clips[0].facts == #"{"durationS":1.5,"extracts":[],"file":"../../b - 1.mp4"}"#)
    try await store.recordGone("../../b - 1.mp4", of: id, in: move.from, now: 5)
    #expect(try await store.clips(of: id)[0].goneAt == nil, "a look at the former folder")
    try await store.recordGone("../../b - 1.mp4", of: id, in: move.to, now: 5)
    #expect(try await store.clips(of: id)[0].goneAt == 5)
  }

  @Test func aFolderThatWasDeletedStaysSoUntilItIsAskedFor() async throws {
    let id = try await done()
    #expect(try await store.recordFolderDeleted(of: id, reason: "deleted", now: 5) == 3)
    #expect(try await store.episode(id).reason == "deleted")
    #expect(try await store.recordFolderDeleted(of: id, reason: "again", now: 6) == 0)
    #expect(try await store.recordUncut(of: id, now: 7) == false)
    #expect(try await store.restore([5, 77], of: id, now: 8) == [5])
    #expect(try await store.episode(id).state == .cutting)
    #expect(try await store.clips(of: id).map(\.state) == [.published, .pending, .published])
    #expect(try await store.restore(nil, of: id, now: 9) == [1, 9])
    #expect(try await store.restore(nil, of: id, now: 9).isEmpty)
  }

  @Test func clipsThatWentWithTheirFileAreCutWhenItIsBack() async throws {
    let id = try await done()
    try await store.recordGone("../../a - 5.mp4", of: id, now: 5)
    try await store.recordClipsLost(of: id, now: 6)
    #expect(try await store.whereabouts(of: id).areClipsLost)
    // Found again, a clip that was missed on the way is missed no more.
    try await store.recordFound(
      in: "/n/Shorts/langflix/a", present: ["../../a - 5.mp4"], of: id)
    #expect(try await !store.whereabouts(of: id).areClipsLost)
    #expect(try await store.clips(of: id).allSatisfy { $0.goneAt == nil })
    try await store.recordGone("../../a - 5.mp4", of: id, now: 7)
    try await store.recordClipsRemoved(of: id)
    #expect(try await store.episode(id).folder == nil)
    #expect(try await store.recordUncut(of: id, now: 8))
    #expect(try await store.episode(id).state == .cutting)
    #expect(
      try await store.clips(of: id).map(\.state) == [.pending, .published, .pending],
      "what a person deleted stays deleted")
  }

  @Test func aBetterFileTakesAnEpisodeOver() async throws {
    let id = try await done()
    try await store.recordKnown("../../a - 9.mp4", of: id, now: 5)
    // In place: the same path has other bytes.
    let better = stamp("/m/a.mkv", size: 99, modified: 9)
    let next = try #require(
      try store.recordEpisodeFile(better, library: "m", origin: .news, now: 6))
    #expect(try await store.whereabouts(of: id).present.isEmpty)
    #expect(try await store.whereabouts(of: id).isSoughtFor)
    let found = try await store.episode(next)
    _ = try await store.recordProbe(of: found, fingerprint: "better", probe: "{2}", now: 7)
    // Another one that is gone, and one that is there.
    let gone = try await store.extracting("/m/gone.mkv", [batch(1, key: "g")])
    try store.recordVanished("/m/gone.mkv")
    _ = try await store.extracting("/n/there.mkv", [batch(1, key: "t")])
    let others = try await store.predecessors(of: next, at: ["/m/a.mkv"], limit: 9)
    #expect(Set(others.map(\.id)) == [id, gone])
    #expect(others.first?.id == id)
    #expect(others.first?.hadThePath == true)

    try await store.recordSuccession(of: id, by: next, now: 8)
    let episode = try await store.episode(id)
    #expect(episode.state == .transcribing)
    #expect(episode.fingerprint == "better")
    #expect(episode.formerFingerprint == "/m/a.mkv")
    #expect(episode.sizeBytes == 99)
    #expect(episode.path == "/m/a.mkv")
    #expect(
      episode.folder == "/m/Shorts/langflix/a", "the old set stays until the new one is there")
    #expect(
      try await store.clips(of: id).map(\.state) == [.pending, .pending, .published],
      "what is known stays known")
    #expect(try await store.batches(of: id).count == 1)
    await #expect(throws: StoreError.self) { try await store.episode(next) }
    // Once more before its clips are made: the set in the folder is still the first one's.
    let best = try #require(
      try store.recordEpisodeFile(
        stamp("/m/a.mkv", size: 100, modified: 10), library: "m", origin: .news, now: 9))
    let seen = try await store.episode(best)
    _ = try await store.recordProbe(of: seen, fingerprint: "best", probe: "{3}", now: 10)
    try await store.recordSuccession(of: id, by: best, now: 11)
    #expect(try await store.episode(id).formerFingerprint == "/m/a.mkv")
    try await store.recordTranscripts(
      of: id, source: StoreTests.transcript, target: nil, batches: [], now: 12)
    try await store.record(.extracted, of: id, now: 13)
    try await store.decide([], of: id, isLast: true)
    try await store.recordPublished(
      [1, 5].map { ClipOutcome(id: $0, file: "\($0).mp4", reason: nil) }, of: id, isLast: true,
      reason: nil, now: 14)
    #expect(try await store.episode(id).formerFingerprint == nil)
    #expect(try await store.episode(id).state == .done)
  }

  @Test func aCopyIsListed() async throws {
    let id = try await done()
    try store.recordEpisodeFile(stamp("/n/copy.mkv"), library: "n", origin: .news, now: 5)
    let copy = try #require(try await store.episode(at: "/n/copy.mkv"))
    _ = try await store.recordProbe(of: copy, fingerprint: "/m/a.mkv", probe: "{}", now: 6)
    #expect(try await store.overview(of: id)?.otherPaths == ["/n/copy.mkv"])
    #expect(try await store.overview(limit: 9).map(\.otherPaths) == [["/n/copy.mkv"]])
  }
}
