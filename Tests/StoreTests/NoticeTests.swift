import Expressions
import Subtitles
import SystemPackage
import Testing

@testable import Store

@Suite struct NoticeTests {
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

  private func cutting(_ cues: [Int]) async throws -> Int64 {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    try await store.record(.extracted, of: id, now: 3)
    try await store.decide(cues.map { group($0) }, of: id, isLast: true)
    return id
  }

  private func publish(
    _ cues: [Int], of id: Int64, isLast: Bool, now: Double, tells: Bool = true
  ) async throws {
    try await store.recordPublished(
      cues.map { ClipOutcome(id: $0, file: "\($0).mp4", reason: nil, facts: "{}") }, of: id,
      isLast: isLast, reason: nil, now: now, notice: tells ? Self.words : nil)
  }

  private static let words: @Sendable (Int) -> String = { "\($0) new" }

  private var contents: [String] {
    get async throws { try await store.notices(after: 0, since: 0).map(\.content) }
  }

  @Test func clipsAreToldOnceWhenTheEpisodeIsThrough() async throws {
    let id = try await cutting([1, 2, 3])
    try await publish([1, 2], of: id, isLast: false, now: 5)
    #expect(try await contents.isEmpty)
    try await publish([3], of: id, isLast: true, now: 6)
    #expect(try await contents == ["3 new"])
    // The row of a step that was done again after a kill.
    try await publish([1, 2, 3], of: id, isLast: true, now: 7)
    #expect(try await contents == ["3 new"])
    // Clips that were lost and are cut again are not new.
    try await store.recordClipsMissing(of: id, now: 8)
    try await publish([1, 2, 3], of: id, isLast: true, now: 9)
    #expect(try await contents == ["3 new"])
  }

  @Test func whatNobodyWasToldOfIsNotToldLater() async throws {
    let id = try await cutting([1, 2])
    try await publish([1], of: id, isLast: false, now: 5, tells: false)
    try await publish([2], of: id, isLast: true, now: 6, tells: false)
    try await publish([2], of: id, isLast: true, now: 7)
    #expect(try await contents.isEmpty)
  }

  @Test func aReceiverBeginsWithWhatComesAfterIt() async throws {
    let trouble = TroubleRecord(kind: "store", subject: "", since: 1, reason: "full", mark: "{}")
    try await store.beginTrouble(trouble, notice: "first", now: 1)
    let mark = ToldMark(receiver: "ntfy", topic: .trouble)
    try await store.beginTelling([mark])
    #expect(try await store.told() == [mark: 1])
    try await store.endTrouble(kind: "store", subject: "", notice: "second", now: 2)
    try await store.beginTelling([mark])
    #expect(try await store.notices(after: 1, since: 0).map(\.content) == ["second"])
    try await store.recordTold(mark, through: 2)
    try await store.recordTold(mark, through: 1)
    #expect(try await store.told() == [mark: 2])
    #expect(try await store.notices(after: 0, since: 1).map(\.content) == ["second"])
  }

  @Test func aTroubleIsToldOnceAlsoAfterARestart() async throws {
    let trouble = TroubleRecord(kind: "refused", subject: "a", since: 1, reason: "key")
    try await store.beginTrouble(trouble, notice: "on", now: 1)
    try store.close()
    let again = try EpisodeStore(folder: folder.path)
    #expect(try await again.openTroubles() == [trouble])
    try await again.beginTrouble(trouble, notice: "on", now: 9)
    #expect(try await again.notices(after: 0, since: 0).count == 1)
    try await again.endTrouble(kind: "refused", subject: "a", notice: nil, now: 10)
    #expect(try await again.openTroubles().isEmpty)
    #expect(try await again.pruneHistory(now: 8 * 86_400) == 1)
    // Numbers are not given again, or a receiver would miss what comes next.
    try await again.beginTrouble(trouble, notice: "on", now: 9)
    #expect(try await again.notices(after: 0, since: 0).map(\.id) == [2])
    try again.close()
  }

  @Test func workIsWhatHasAStepThatCanBeTaken() async throws {
    #expect(try await !store.hasWork(for: EpisodeOrigin.allCases, by: nil))
    let id = try await cutting([1])
    #expect(try await store.hasWork(for: [.news], by: 5))
    #expect(try await !store.hasWork(for: [.backlog], by: 5))
    try await store.recordFailure(of: id, reason: "x", retryAt: 100, counts: true, now: 5)
    #expect(try await !store.hasWork(for: [.news], by: 50))
    #expect(try await store.hasWork(for: [.news], by: nil))
    try await publish([1], of: id, isLast: true, now: 6)
    #expect(try await !store.hasWork(for: EpisodeOrigin.allCases, by: nil))
  }
}
