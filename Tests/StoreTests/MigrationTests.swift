import Expressions
import Foundation
import GRDB
import Subtitles
import SystemPackage
import Testing

@testable import Store

@Suite struct MigrationTests {
  /// A store as the first version left it: one episode, one answered and one pending batch, and an answer that can't
  /// be read.
  private func firstVersion(in folder: TemporaryFolder) throws {
    let queue = try DatabaseQueue(path: folder.path.appending("langflix.sqlite3").string)
    try Schema.migrator.migrate(queue, upTo: "1 episodes")
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO episode (id, library, fingerprint, origin, state, size_bytes, created_at, updated_at)
            VALUES (7, 'm', 'f', 'news', 'extracting', 10, 1, 1);
          INSERT INTO location (path, episode_id, library, size_bytes, modified_ns)
            VALUES (x'2f6d2f61', 7, 'm', 10, 1);
          INSERT INTO answer (content_key, extractor, candidates, created_at) VALUES
            ('one', 'lexicon 3.0', '[{"cueNumbers":[12],"dictionaryForm":"call it a day",
              "examples":["Let’s call it a day."],"meaning":"stop","partOfSpeech":"verb",
              "phrase":"call it a day","usefulness":0.88}]', 5.5),
            ('two', 'lexicon 3.0', '[{"cueNu', 6);
          """)
      for (number, cues, key, state) in [
        (1, 12...14, "one", "answered"), (2, 15...16, "two", "answered"),
        (3, 1...11, "three", "pending"),
      ] {
        let content = try EpisodeStore.json(batch(number, cues: cues, key: key).batch)
        try database.execute(
          sql: """
            INSERT INTO batch (episode_id, number, content_key, content, state) VALUES (7, ?, ?, ?, ?)
            """, arguments: [number, key, content, state])
      }
    }
    try queue.close()
  }

  @Test func answersOfTheFirstVersionAreKept() async throws {
    let folder = try TemporaryFolder()
    try firstVersion(in: folder)
    let store = try EpisodeStore(folder: folder.path)
    let kept = try #require(try await store.keptAnswer("one"))
    #expect(kept.extractor == "lexicon 3.0")
    #expect(kept.model == nil)
    #expect(kept.createdAt == 5.5)
    #expect(kept.usage == .zero)
    #expect(kept.rawText == "")
    #expect(
      kept.answer
        == Answer(candidates: [
          Candidate(
            phrase: "call it a day", dictionaryForm: "call it a day", cueNumbers: [12],
            partOfSpeech: "verb", meaning: "stop", examples: ["Let’s call it a day."],
            usefulness: 0.88)
        ]))
    #expect(try await store.candidates(of: 7) == kept.answer.candidates)
    // In the order of cues, and with the batch whose answer was damaged.
    #expect(try await store.pending(7).map(\.contentKey) == ["three", "two"])
    #expect(try await store.nextEpisode(now: 9)?.id == 7)
  }

  @Test func durabilityIsAsBefore() async throws {
    let folder = try TemporaryFolder()
    try firstVersion(in: folder)
    let store = try EpisodeStore(folder: folder.path)
    let (journal, synchronous) = try await store.durability()
    #expect(journal == "wal")
    #expect(synchronous == 2, "PRAGMA synchronous = FULL")
    try store.close()
    let problems = try inspect(folder) { try String.fetchAll($0, sql: "PRAGMA integrity_check") }
    #expect(problems == ["ok"])
  }
}
