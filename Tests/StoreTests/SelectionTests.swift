import Expressions
import GRDB
import Store
import Subtitles
import SystemPackage
import Testing

@testable import Store

/// A group of one cue with one expression.
private func group(_ cue: Int, _ form: String) -> Group {
  let expression = Expression(
    candidate: candidate(form, cue: cue), spans: [CueSpan(cueNumber: cue, start: 0, end: 1)],
    wasMended: false)
  return Group(
    context: Context(firstCue: cue, lastCue: cue), start: .zero, end: .seconds(1),
    expressions: [expression], alsoHere: [])
}

@Suite struct SelectionTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private func published(
    _ path: FilePath, _ groups: [Group], series: String?, now: Double
  ) async throws -> Int64 {
    let id = try await store.extracting(path, [batch(1, key: "\(path)")])
    try await store.record(.extracted, of: id, now: now)
    try await store.decide(groups, of: id, isLast: true, series: series)
    try await store.recordPublished(
      groups.map { ClipOutcome(id: $0.id, file: "\($0.id).mp4", reason: nil, facts: "{}") }, of: id,
      isLast: true, reason: nil, now: now)
    return id
  }

  @Test func aDecisionCountsOnlyIfNothingWasDecidedMeanwhile() async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    #expect(try await store.decide([group(1, "give up")], of: id, isLast: false, through: 40))
    #expect(try await store.settledCue(of: id) == 40)
    let late = Decision(
      outcome: .init(
        added: [group(3, "get by")], alsoHere: [:], settledThrough: 40, verdicts: []),
      dropped: [:], settledBefore: 0, groupsBefore: 0)
    #expect(try await !store.record(late, of: id, series: nil, isLast: true, now: 5))
    #expect(try await store.clips(of: id).map(\.group.id) == [1])
    #expect(try await store.episode(id).state == .extracting)
  }

  @Test func whatIsFoundLaterIsAddedToTheClipThatIsThere() async throws {
    let id = try await published("/m/a.mkv", [group(1, "give up")], series: nil, now: 9)
    let more = try #require(group(1, "get by").expressions.first)
    let score = Score(usefulness: 1, levelFit: 1, rarity: 0, spread: 1, novelty: 1)
    let decision = Decision(
      outcome: .init(
        added: [], alsoHere: [1: [more]], settledThrough: 7,
        verdicts: [Verdict(more, score, .alsoHere, context: 1)]),
      dropped: [.notInCues: 2], settledBefore: 0, groupsBefore: 1)
    #expect(try await store.record(decision, of: id, series: nil, isLast: false, now: 5))
    let clip = try #require(try await store.clips(of: id).first)
    #expect(clip.group.alsoHere.map(\.phrase) == ["get by"])
    #expect(clip.file == "1.mp4")
    #expect(try await store.verdicts(of: id).map(\.fate) == [.alsoHere])
    #expect(try await store.droppedCandidates(of: id) == ["not_in_cues": 2])
  }

  @Test func clipsThatAreFinalAreEarlyWorkUntilTheyAreCut() async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one"), batch(2, key: "two")])
    #expect(try await store.nextEarly(now: 5, lateSince: 0) == nil)
    try await store.decide([group(1, "give up")], of: id, isLast: false)
    #expect(try await store.nextEarly(now: 5, lateSince: 0)?.id == id)
    #expect(try await store.nextEarly(now: 5, lateSince: 0, at: ["/m/b.mkv"]) == nil)
    try await store.postponeEarly(id, until: 60)
    #expect(try await store.nextEarly(now: 59, lateSince: 0) == nil)
    #expect(try await !store.hasEarlyClips(id, now: 59))
    #expect(try await store.nextAttempt(after: 5) == 60)
    #expect(try await store.nextEarly(now: 60, lateSince: 0)?.id == id)
    try await store.recordPublished(
      [ClipOutcome(id: 1, file: "a.mp4", reason: nil)], of: id, isLast: false, reason: nil, now: 61)
    #expect(try await store.nextEarly(now: 62, lateSince: 0) == nil)
    #expect(try await store.episode(id).state == .extracting)
  }

  @Test func aBatchThatWaitsTooLongIsLate() async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    try await store.recordWaiting(id, now: 100)
    try await store.recordWaiting(id, now: 200)
    #expect(try await store.batchStandings(of: id).map(\.waitingSince) == [100])
    #expect(try await store.nextAttempt(after: 150, lateAfter: 600) == 700)
    #expect(try await store.nextEarly(now: 150, lateSince: 99) == nil)
    #expect(try await store.nextEarly(now: 700, lateSince: 100)?.id == id)
    try await store.recordBatchFailure(
      batch(1, key: "one"), of: id, reason: "no", isFinal: true, now: 701)
    #expect(try await store.nextEarly(now: 702, lateSince: 100) == nil)
  }

  @Test func whatTheLatestEpisodesOfASeriesGave() async throws {
    let first = try await published("/m/a.mkv", [group(1, "give up")], series: "m/show", now: 10)
    _ = try await published(
      "/m/b.mkv", [group(1, "get by"), group(4, "so far")], series: "m/show", now: 20)
    _ = try await published("/m/c.mkv", [group(1, "let go")], series: "m/other", now: 30)
    let new = try await store.extracting("/m/d.mkv", [batch(1, key: "d")])
    func given(_ episodes: Int, except id: Int64 = new) async throws -> Set<String> {
      Set(
        try await store.formsGiven(
          by: try await store.episodesGiving(bySeries: "m/show", except: id, limit: episodes)))
    }
    let other = try await store.episodesGiving(
      bySeries: "m/show", except: new, limit: 1, where: { $0 != "/m/b.mkv" })
    #expect(other == [first], "what is not wanted takes no place")
    #expect(try await given(1) == ["get by", "so far"])
    #expect(try await given(2) == ["get by", "so far", "give up"])
    #expect(try await given(2, except: first) == ["get by", "so far"])
  }

  @Test func clipsThatAreGoneAreCutAgainButNotThoseOfKnownExpressions() async throws {
    let id = try await published(
      "/m/a.mkv", [group(1, "give up"), group(3, "get by")], series: nil, now: 9)
    try await store.recordKnown("3.mp4", of: id, now: 10)
    try await store.recordClipsMissing(of: id, now: 11)
    #expect(try await store.episode(id).state == .cutting)
    let clips = try await store.clips(of: id)
    #expect(clips.map(\.state) == [.pending, .published])
    #expect(clips.map(\.file) == [nil, "3.mp4"])
  }

  @Test func aClipThatIsPutBackIsCutAnew() async throws {
    let id = try await published(
      "/m/a.mkv", [group(1, "give up"), group(3, "get by")], series: nil, now: 9)
    try await store.recordGone("3.mp4", of: id, now: 10)
    #expect(try await store.clips(of: id).map(\.goneAt) == [nil, 10])
    try await store.recordPutBack("3.mp4", of: id, now: 11)
    #expect(try await store.episode(id).state == .cutting)
    let clips = try await store.clips(of: id)
    #expect(clips.map(\.state) == [.published, .pending])
    #expect(clips.map(\.goneAt) == [nil, nil])
    #expect(clips.map(\.publishedAt).allSatisfy { $0 != nil })
    // It is still to be cut when a cut that began before it ends.
    try await store.recordPublished([], of: id, isLast: true, reason: nil, now: 12)
    #expect(try await store.episode(id).state == .cutting)
    // And stays deleted where it is deleted again before that.
    try await store.recordGone("3.mp4", of: id, now: 13)
    #expect(try await store.clips(of: id).map(\.state) == [.published, .published])
    try await store.recordPublished([], of: id, isLast: true, reason: nil, now: 14)
    #expect(try await store.episode(id).state == .done)
  }

  @Test func anotherTranscriptForgetsWhatWasChosenAndTheSameDoesNot() async throws {
    let id = try await published("/m/a.mkv", [group(1, "give up")], series: nil, now: 9)
    try await store.recordTranscripts(of: id, source: transcript, target: nil, batches: [], now: 12)
    #expect(try await store.clips(of: id).count == 1)
    var other = transcript
    other.transcript.cues[0].text = "Something else."
    try await store.recordTranscripts(of: id, source: other, target: nil, batches: [], now: 13)
    #expect(try await store.clips(of: id).isEmpty)
    #expect(try await store.settledCue(of: id) == 0)
  }

  @Test func clipsOfTheFormerVersionAreNumberedByTheirFirstCue() async throws {
    let old = try TemporaryFolder()
    let queue = try DatabaseQueue(path: old.path.appending("langflix.sqlite3").string)
    try Schema.migrator.migrate(queue, upTo: "2 answers")
    try await queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO episode (id, library, fingerprint, origin, state, size_bytes, created_at, updated_at)
            VALUES (7, 'm', 'f', 'news', 'done', 10, 1, 5)
          """)
      for (number, cue) in [(1, 2), (2, 3), (3, 40)] {
        try database.execute(
          sql: """
            INSERT INTO clip (episode_id, number, state, content, file) VALUES (7, ?, 'published', ?, ?)
            """, arguments: [number, try EpisodeStore.json(group(cue, "give up")), "\(cue).mp4"])
      }
    }
    try queue.close()
    let store = try EpisodeStore(folder: old.path)
    #expect(try await store.clips(of: 7).map(\.group.id) == [2, 3, 40])
    try await store.recordKnown("40.mp4", of: 7, now: 9)
    #expect(try await store.clips(of: 7).map(\.knownAt) == [nil, nil, 9])
    #expect(try await store.settledCue(of: 7) > 1_000_000, "what was decided stays decided")
  }
}
