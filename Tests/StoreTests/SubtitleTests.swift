import Expressions
import Store
import Subtitles
import SystemPackage
import Testing

/// Subtitles that come late or change, as the store sees them.
@Suite struct SubtitleTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private func tell(_ name: String) throws -> Int {
    try store.recordSidecar(
      stamp(FilePath("/m/\(name)")), library: "m", near: ["/m"], now: 20
    ).count
  }

  @Test func onlyTheEpisodeOfThatNameIsToBeLookedAt() async throws {
    let first = try await store.extracting("/m/a.mkv", [batch(1, key: "a")])
    _ = try await store.extracting("/m/b.mkv", [batch(1, key: "b")])
    #expect(try tell("a.en.srt") == 1)
    #expect(try await store.nextToLookAt(now: 21)?.id == first)
    #expect(try await store.isToBeLookedAt(first, now: 21))
    try await store.postponeLook(at: first, until: 30)
    #expect(try await store.nextToLookAt(now: 21) == nil)
    try await store.completeLook(at: first, postponedUntil: 30)
    #expect(try await store.nextToLookAt(now: 40) == nil)
    #expect(try tell("other.srt") == 0)
  }

  @Test func whatComesWhileSubtitlesAreReadIsNotLost() async throws {
    let id = try await store.transcribing("/m/a.mkv")
    try await store.clearLook(at: id)
    #expect(try tell("a.en.srt") == 1)
    #expect(try await !store.recordSubtitlesMissing(of: id, reason: "none", now: 21))
    #expect(try await store.episode(id).state == .transcribing)
    try await store.clearLook(at: id)
    #expect(try await store.recordSubtitlesMissing(of: id, reason: "none", now: 22))
    #expect(try await store.episode(id).state == .needsSubtitles)
    #expect(try tell("a.ko.srt") == 1)
    #expect(try await store.episode(id).state == .transcribing)
  }

  @Test func answersGoWithTheirLinesToOtherNumbers() async throws {
    let asked = batch(1, cues: 1...3, key: "a")
    let id = try await store.extracting("/m/a.mkv", [asked, batch(2, cues: 4...6, key: "b")])
    try await store.recordAnswer(
      answer("a", candidates: [candidate("give up", cue: 2)], translations: [2: "zwei"]), to: asked,
      of: id, now: 3)
    var moved = asked.batch
    for index in moved.cues.indices { moved.cues[index].number += 2 }
    try await store.record(.subtitlesChanged, of: id, now: 4)
    var other = transcript
    other.transcript.cues[0].text = "Another line."
    try await store.recordTranscripts(
      of: id, source: other, target: nil, kept: [moved], batches: [batch(3, cues: 1...2, key: "c")],
      now: 5)
    #expect(try await store.candidates(of: id).map(\.cueNumbers) == [[4]])
    #expect(try await store.translations(of: id) == [4: "zwei"])
    #expect(try await store.pending(id).map(\.contentKey) == ["c"], "what has no answer goes")
    #expect(try await store.batches(of: id).map(\.batch.firstCue) == [1, 3])
  }

  @Test func whatIsPublishedIsCutAnewWhereItStandsNow() async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, cues: 1...9, key: "a")])
    let group = { (cue: Int) in
      Group(
        context: Context(firstCue: cue, lastCue: cue), start: .zero, end: .seconds(1),
        expressions: [
          Expression(
            candidate: candidate("give up", cue: cue),
            spans: [CueSpan(cueNumber: cue, start: 0, end: 4)], wasMended: false)
        ], alsoHere: [])
    }
    try await store.decide([group(2), group(5), group(8)], of: id, isLast: false)
    try await store.recordPublished(
      [2, 5, 8].map { ClipOutcome(id: $0, file: "\($0).mp4", reason: nil, facts: "{}") }, of: id,
      isLast: false, reason: nil, now: 9)
    try await store.finish(id)
    try await store.recordGone("8.mp4", of: id, now: 10)
    let batches = try await store.batches(of: id)
    try await store.recordResubtitled(
      of: id, source: transcript, target: transcript, batches: batches,
      moved: MovedSelection(groups: [2: group(3), 8: group(9)], settledThrough: 99), now: 11)
    #expect(try await store.episode(id).state == .cutting)
    let clips = try await store.clips(of: id)
    #expect(clips.map(\.group.id) == [3, 9])
    #expect(clips.map(\.state) == [.pending, .published], "what a person deleted stays so")
    #expect(clips.map(\.file) == ["2.mp4", "8.mp4"], "there until they are replaced")
    #expect(try await store.settledCue(of: id) == 99)
    #expect(try await store.transcript(of: id, role: "target") != nil)
    // Nothing happens to one that is in other work.
    let open = try await store.extracting("/m/b.mkv", [batch(1, key: "b")])
    try await store.recordResubtitled(
      of: open, source: transcript, target: transcript, batches: [],
      moved: MovedSelection(groups: [:], settledThrough: 9), now: 12)
    #expect(try await store.transcript(of: open, role: "target") == nil)
  }
}
