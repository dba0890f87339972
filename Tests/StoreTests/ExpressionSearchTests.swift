import Expressions
import GRDB
import Subtitles
import SystemPackage
import Testing

@testable import Store

@Suite struct ExpressionSearchTests {
  let folder: TemporaryFolder
  let store: EpisodeStore

  init() throws {
    folder = try TemporaryFolder()
    store = try EpisodeStore(folder: folder.path)
  }

  private func group(
    _ cue: Int, _ form: String, meaning: String = "something", translation: String? = nil,
    level: LanguageLevel? = nil
  ) -> Group {
    var proposed = candidate(form, cue: cue)
    proposed.meaning = meaning
    proposed.details = ExpressionDetails(
      translation: translation, level: level, similar: [])
    let expression = Expression(
      candidate: proposed, spans: [CueSpan(cueNumber: cue, start: 0, end: 1)], wasMended: false)
    return Group(
      context: Context(firstCue: cue, lastCue: cue), start: .zero, end: .seconds(1),
      expressions: [expression], alsoHere: [])
  }

  @discardableResult
  private func episode(_ path: FilePath, _ groups: [Group]) async throws -> Int64 {
    let id = try await store.extracting(path, [batch(1, key: path.string)])
    try await store.record(.extracted, of: id, now: 2)
    try await store.decide(groups, of: id, isLast: true)
    return id
  }

  private func found(_ text: String, level: String? = nil) async throws -> [String] {
    let (rows, total) = try await store.expressions(
      matching: text, level: level, limit: 50, offset: 0)
    #expect(rows.count == total)
    return rows.map(\.dictionaryForm)
  }

  @Test func wordsAreFoundByTheirBeginnings() async throws {
    try await episode(
      "/m/a.mkv",
      [
        group(1, "call it a day", meaning: "to stop working", translation: "den Tag beschließen"),
        group(5, "figure out", meaning: "to understand"),
        group(9, "on the fly", meaning: "without stopping first", translation: "à la volée"),
        group(20, "come around", translation: "정신을 차리다"),
        group(24, "no way", translation: "没门儿"), group(28, "あきらめる", meaning: "to give up"),
        group(32, "ﾊﾞｶにする"), group(36, "དགའ་པོ"),
      ])
    #expect(try await found("figure") == ["figure out"])
    #expect(try await found("FIG OU") == ["figure out"])
    #expect(try await found("igure") == [])
    #expect(try await found("beschliessen").isEmpty)
    #expect(try await found("volee") == ["on the fly"])
    #expect(try await found("정신") == ["come around"])
    #expect(try await found("门") == ["no way"])
    #expect(try await found("きら") == ["あきらめる"])
    #expect(try await found("ｶに") == ["ﾊﾞｶにする"])
    #expect(try await found("ｶ") == ["ﾊﾞｶにする"])
    #expect(try await found("འ") == ["དགའ་པོ"])
    // What is found in the expression itself goes first.
    #expect(try await found("day") == ["call it a day"])
    #expect(try await Set(found("stop")) == ["call it a day", "on the fly"])
    #expect(try await found("").count == 8)
  }

  @Test(arguments: [
    "\"", "'", "AND", "day OR", "NEAR(day)", "day*", "phrase:day", "-day", "day^", "(", "{a b}: c",
    "--", "; DROP TABLE expression", "%", "_", "\\", "*", "day\" OR \"x",
  ])
  func nothingIsMoreThanWords(text: String) async throws {
    try await episode("/m/a.mkv", [group(1, "call it a day")])
    _ = try await store.expressions(matching: text, level: nil, limit: 10, offset: 0)
    #expect(try await found("day") == ["call it a day"])
  }

  @Test func levelsAndParts() async throws {
    try await episode(
      "/m/a.mkv",
      [group(1, "give up", level: .b1), group(5, "give in", level: .c1), group(9, "get by")])
    #expect(try await found("give", level: "C1") == ["give in"])
    #expect(try await found("", level: "B1") == ["give up"])
    let (rows, total) = try await store.expressions(
      matching: "g", level: nil, limit: 1, offset: 1)
    #expect(rows.count == 1)
    #expect(total == 3)
  }

  @Test(arguments: [nil, "B2"]) func veryManyComeAsTheNewestFirst(level: String?) async throws {
    let id = try await episode("/m/a.mkv", [])
    func add(_ count: Int, from first: Int) async throws {
      try await store.pool.write { database in
        for number in first..<first + count {
          try database.execute(
            sql: """
              INSERT INTO expression (episode_id, clip, place, phrase, dictionary_form, meaning, level)
                VALUES (?, ?, 0, 'x', ?, ?, 'B2')
              """,
            arguments: [
              id, number, "form \(number)",
              number == first ? "give give give" : "to give \(number)",
            ])
        }
      }
    }
    func first(_ limit: Int, offset: Int = 0) async throws -> (clips: [Int], total: Int) {
      let (rows, total) = try await store.expressions(
        matching: "give", level: level, limit: limit, offset: offset)
      return (rows.map(\.clip), total)
    }
    try await add(EpisodeStore.rankedMatches, from: 1)
    let ranked = try await first(1)
    #expect(ranked.clips == [1], "it says it most often")
    #expect(ranked.total == EpisodeStore.rankedMatches)
    try await add(1, from: 9_000)
    let newest = try await first(2)
    #expect(newest.clips == [9_000, EpisodeStore.rankedMatches])
    #expect(newest.total == EpisodeStore.rankedMatches + 1)
    #expect(try await first(5, offset: EpisodeStore.rankedMatches).clips == [1])
  }

  @Test func itFollowsTheClips() async throws {
    let id = try await episode("/m/a.mkv", [group(1, "give up"), group(5, "get by")])
    #expect(try await found("give") == ["give up"])
    let changed = try EpisodeStore.json(group(1, "let go"))
    try await store.pool.write { database in
      try database.execute(
        sql: "UPDATE clip SET content = ? WHERE episode_id = ? AND number = 1",
        arguments: [changed, id])
    }
    #expect(try await found("give").isEmpty)
    #expect(try await found("let go") == ["let go"])
    try await store.pool.write { database in
      try database.execute(sql: "UPDATE clip SET content = 'nonsense' WHERE number = 1")
    }
    #expect(try await found("") == ["get by"])
    try await store.pool.write { database in
      try database.execute(sql: "DELETE FROM episode WHERE id = ?", arguments: [id])
      try database.execute(
        sql: "INSERT INTO expression_words (expression_words) VALUES ('integrity-check')")
    }
    #expect(try await found("").isEmpty)
    #expect(try await found("get").isEmpty)
  }

  @Test func clipsOfAnOlderStoreAreFoundToo() throws {
    let folder = try TemporaryFolder()
    let queue = try DatabaseQueue(path: folder.path.appending("langflix.sqlite3").string)
    try Schema.migrator.migrate(queue, upTo: "5 subtitles")
    let content = try EpisodeStore.json(group(1, "give up", translation: "aufgeben", level: .b1))
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO episode (id, library, fingerprint, origin, state, size_bytes, created_at, updated_at)
            VALUES (7, 'm', 'f', 'news', 'done', 10, 1, 1);
          INSERT INTO clip (episode_id, number, state, content) VALUES (7, 2, 'published', 'nonsense');
          """)
      try database.execute(
        sql: "INSERT INTO clip (episode_id, number, state, content) VALUES (7, 1, 'published', ?)",
        arguments: [content])
    }
    try Schema.migrator.migrate(queue)
    let forms = try queue.read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT dictionary_form || ' ' || level FROM expression
          WHERE id IN (SELECT rowid FROM expression_words WHERE expression_words MATCH 'aufgeben')
          """)
    }
    #expect(forms == ["give up B1"])
  }
}
