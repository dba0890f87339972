import Expressions
import Foundation
import GRDB
import Store
import SystemPackage
import Testing

@Suite struct AnswerTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  @Test func anAnswerIsKeptAndNeverAskedTwice() async throws {
    let batches = [batch(1, key: "one"), batch(2, key: "two")]
    let id = try await store.extracting("/m/a.mkv", batches)
    let kept = answer("one", candidates: [candidate("call it a day")])
    try await store.recordAnswer(kept, to: batches[0], of: id, now: 3)
    #expect(try await store.pending(id).map(\.contentKey) == ["two"])

    // The same dialogue in another file asks nothing.
    let other = try await store.extracting("/m/b.mkv", [batches[0]])
    #expect(try await store.pending(other).isEmpty)
    #expect(try await store.candidates(of: other) == kept.answer.candidates)
  }

  @Test func allOfAnAnswerIsKept() async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    var kept = answer(
      "one", model: "m-1", candidates: [candidate("call it a day")], translations: [1: "그만하자"],
      rawText: #"{"items": ["그만하자 🙂\u0000"]}"#, createdAt: 7.25)
    try await store.recordAnswer(kept, to: batch(1, key: "one"), of: id, now: 8)
    #expect(try await store.keptAnswer("one") == kept)
    #expect(try await store.keptAnswer("two") == nil)

    // The first one stays.
    kept.model = "m-2"
    try await store.recordAnswer(kept, to: batch(1, key: "one"), of: id, now: 9)
    #expect(try await store.keptAnswer("one")?.model == "m-1")
  }

  @Test(arguments: ["", "a", String(repeating: "Ja \u{0} 어 🙂 ", count: 400_000)])
  func rawTextComesBackAsItWas(_ text: String) async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    try await store.recordAnswer(
      answer("one", rawText: text), to: batch(1, key: "one"), of: id, now: 3)
    #expect(try await store.keptAnswer("one")?.rawText == text)
    let bytes = try await store.answerSummary().first?.rawBytes
    if text.isEmpty { #expect(bytes == 0) }
    if text.utf8.count > 5_000_000 { #expect(try #require(bytes) < text.utf8.count / 50) }
  }

  @Test func textThatDoesNotCompressComesBackToo() async throws {
    var random = SystemRandomNumberGenerator()
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/")
    let text = String((0..<100_000).map { _ in letters.randomElement(using: &random)! })
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    try await store.recordAnswer(
      answer("one", rawText: text), to: batch(1, key: "one"), of: id, now: 3)
    #expect(try await store.keptAnswer("one")?.rawText == text)
  }

  @Test(arguments: ["raw = x'00'", "raw_size = 3", "raw_size = -1", "raw_size = 1 << 40"])
  func damagedRawTextIsToldApart(_ damage: String) async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    let kept = answer("one", candidates: [candidate("hit the sack")], rawText: "Some text.")
    try await store.recordAnswer(kept, to: batch(1, key: "one"), of: id, now: 3)
    try inspect(folder) { try $0.execute(sql: "UPDATE answer SET \(damage)") }
    let error = await #expect(throws: StoreError.self) { try await store.keptAnswer("one") }
    #expect(error?.code == .damaged)
    #expect(try await store.candidates(of: id) == kept.answer.candidates)
  }

  @Test func absurdUsageIsNoReasonToLoseAnAnswer() async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one"), batch(2, key: "two")])
    for (number, name) in [(1, "one"), (2, "two")] {
      var kept = answer(name)
      kept.usage = TokenUsage(input: .max, output: -5)
      kept.costUSD = .nan
      try await store.recordAnswer(kept, to: batch(number, key: name), of: id, now: 3)
    }
    let summary = try #require(try await store.answerSummary().first)
    #expect(summary.input == 2_000_000_000_000)
    #expect(summary.output == 0)
    #expect(summary.costUSD == 0)
  }

  @Test func anotherProviderMayHaveAnswered() async throws {
    let planned = batch(1, key: "first provider")
    let id = try await store.extracting("/m/a.mkv", [planned])
    let kept = answer("second provider", candidates: [candidate("hit the sack")])
    try await store.recordAnswer(kept, to: planned, of: id, now: 3)
    #expect(try await store.pending(id).isEmpty)
    #expect(try await store.candidates(of: id) == kept.answer.candidates)

    let other = try await store.extracting("/m/b.mkv", [planned])
    #expect(try await !store.adoptAnswer("first provider", for: planned, of: other))
    #expect(try await store.pending(other) == [planned])
    #expect(try await store.adoptAnswer("second provider", for: planned, of: other))
    #expect(try await store.pending(other).isEmpty)
    #expect(try await store.candidates(of: other) == kept.answer.candidates)
  }

  @Test func anAnswerToABatchThatIsNoMoreIsKeptAllTheSame() async throws {
    let old = batch(1, key: "old")
    let id = try await store.extracting("/m/a.mkv", [old])
    try await store.finish(id)
    #expect(try await store.reask(ids: [id], now: 11) == 1)
    try await store.recordTranscripts(
      of: id, source: transcript, target: nil, batches: [batch(1, key: "new")], now: 12)
    try await store.recordAnswer(answer("old"), to: old, of: id, now: 13)
    #expect(try await store.keptAnswer("old") != nil)
    #expect(try await store.pending(id).map(\.contentKey) == ["new"])
  }

  @Test func answerAndBatchAreOneTransaction() async throws {
    let id = try await store.extracting("/m/a.mkv", [batch(1, key: "one")])
    try inspect(folder) {
      try $0.execute(
        sql: """
          CREATE TRIGGER abort BEFORE UPDATE ON batch BEGIN SELECT RAISE(ABORT, 'a test'); END
          """)
    }
    await #expect(throws: DatabaseError.self) {
      try await store.recordAnswer(answer("one"), to: batch(1, key: "one"), of: id, now: 3)
    }
    try inspect(folder) { try $0.execute(sql: "DROP TRIGGER abort") }
    #expect(try await store.keptAnswer("one") == nil)
    #expect(try await store.pending(id).map(\.contentKey) == ["one"])
  }

  @Test func whatWasFoundComesInTheOrderOfCues() async throws {
    let batches = [
      batch(1, cues: 5...8, key: "b"), batch(2, cues: 9...9, key: "c"),
      batch(3, cues: 1...4, key: "a"),
    ]
    let id = try await store.extracting("/m/a.mkv", batches)
    #expect(try await store.pending(id).map(\.contentKey) == ["a", "b", "c"])
    for (batch, translations) in zip(
      batches, [[5: "five", 4: "four, as a guess"], [9: "nine"], [4: "four"]])
    {
      let kept = answer(
        batch.contentKey, candidates: [candidate("in \(batch.contentKey)")],
        translations: translations)
      try await store.recordAnswer(kept, to: batch, of: id, now: 3)
    }
    #expect(try await store.candidates(of: id).map(\.phrase) == ["in a", "in b", "in c"])
    #expect(try await store.translations(of: id) == [4: "four", 5: "five", 9: "nine"])
  }

  @Test func keptKeysAreFoundAmongMany() async throws {
    let batches = [batch(1, key: "key 7"), batch(2, key: "key 70000")]
    let id = try await store.extracting("/m/a.mkv", batches)
    for batch in batches {
      try await store.recordAnswer(answer(batch.contentKey), to: batch, of: id, now: 3)
    }
    #expect(try await store.keptKeys(among: []).isEmpty)
    let keys = (1...100_000).map { "key \($0)" }
    #expect(try await store.keptKeys(among: keys) == ["key 7", "key 70000"])
  }
}
