import Foundation
import GRDB
import SystemPackage

@testable import Store

/// Stores as each version of the schema left them, in `Schemas/`, as SQL.
///
/// A new migration gets its own: give `rows` what its tables would hold, and run the tests of this target once with
/// `LANGFLIX_WRITE_SCHEMAS=1`. Those that are there are never written again.
enum StoredSchemas {
  static let folder = FilePath(
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Schemas")
      .path)

  static func file(of migration: String) -> FilePath {
    folder.appending(migration.replacingOccurrences(of: " ", with: "-") + ".sql")
  }

  /// Makes a store of that version in a folder.
  static func restore(_ migration: String, in folder: TemporaryFolder) throws {
    let sql = try String(contentsOfFile: file(of: migration).string, encoding: .utf8)
    let queue = try DatabaseQueue(path: folder.path.appending("langflix.sqlite3").string)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }

  /// Writes what is missing.
  static func write() throws {
    let folder = try TemporaryFolder()
    let file = folder.path.appending("langflix.sqlite3")
    for migration in Schema.migrator.migrations {
      let queue = try DatabaseQueue(path: file.string)
      try Schema.migrator.migrate(queue, upTo: migration)
      try queue.write { try $0.execute(sql: rows[migration] ?? "") }
      let mark = try queue.read {
        try Int.fetchOne($0, sql: "PRAGMA application_id") ?? 0
      }
      try queue.close()
      let target = Self.file(of: migration)
      guard !FileManager.default.fileExists(atPath: target.string) else { continue }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["sqlite3", file.string, ".dump"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let dump = String(
        decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      let text = mark == 0 ? dump : "PRAGMA application_id = \(mark);\n\(dump)"
      try Data(text.utf8).write(to: URL(fileURLWithPath: target.string))
    }
  }

  /// What each version adds to the rows of those before it.
  private static let rows: [String: String] = [
    "1 episodes": """
    INSERT INTO library VALUES ('m', 1.5);
    INSERT INTO episode (id, library, fingerprint, origin, state, reason, attempts, next_attempt_at, size_bytes,
        probe, created_at, updated_at, folder) VALUES
      (7, 'm', '10-ab', 'news', 'extracting', NULL, 1, 60, 10, '{}', 1, 2, NULL),
      (8, 'm', '11-cd', 'backlog', 'done', 'partly', 0, NULL, 11, '{}', 1, 3, x'2f6d2f53'),
      (9, 'm', NULL, 'backlog', 'left_alone', NULL, 0, NULL, 12, NULL, 1, 1, NULL),
      (10, 'm', '13-ef', 'news', 'failed', 'no video', 2, NULL, 13, NULL, 1, 4, NULL);
    INSERT INTO location VALUES (x'2f6d2f612e6d6b76', 7, 'm', 10, 100, 0),
      (x'2f6d2f622e6d6b76', 8, 'm', 11, 101, 0), (x'2f6d2f6cff2e6d6b76', 8, 'm', 11, 102, 1),
      (x'2f6d2f632e6d6b76', 9, 'm', 12, 103, 0), (x'2f6d2f642e6d6b76', 10, 'm', 13, 104, 1);
    INSERT INTO sidecar VALUES (x'2f6d2f612e656e2e737274', 'm', 5, 105);
    INSERT INTO transcript VALUES (7, 'source', 'a.en.srt', '{"cues":[{"end":1000000,"number":1,"start":0,"text":"Shall we call it a day?"}],"language":"en"}');
    INSERT INTO answer VALUES ('one', 'lexicon 3.0',
      '[{"cueNumbers":[1],"dictionaryForm":"call it a day","examples":[],"meaning":"stop","partOfSpeech":"verb","phrase":"call it a day","usefulness":0.88}]', 5.5);
    INSERT INTO batch VALUES
      (7, 1, 'one', '{"cues":[{"end":1000000,"number":1,"start":0,"text":"Shall we call it a day?"}],"leadIn":[],"number":1}', 'answered', NULL, 0),
      (7, 2, 'two', '{"cues":[{"end":2000000,"number":2,"start":1000000,"text":"Yes."}],"leadIn":[],"number":2}', 'pending', 'no server', 1);
    INSERT INTO clip VALUES (8, 1, 'published', NULL,
      '{"alsoHere":[],"context":{"firstCue":4,"lastCue":6},"end":9000000,"expressions":[],"start":3000000}', '01 call it a day.mp4'),
      (8, 2, 'failed', 'no keyframe',
      '{"alsoHere":[],"context":{"firstCue":9,"lastCue":9},"end":19000000,"expressions":[],"start":13000000}', NULL);
    INSERT INTO dropped_candidates VALUES (8, 'not_in_cues', 3);
    INSERT INTO incident VALUES (1, 10, 4, 'probing', 'no video');
    """,
    "2 answers": """
    INSERT INTO answer (content_key, kind, extractor, model, content, input_tokens, output_tokens, cost_usd, latency_s,
        created_at) VALUES
      ('big', 'split', 'openai m', NULL, NULL, 9, 1, 0.5, 0, 6),
      ('eight', 'answer', 'openai m', 'm-1', '{"candidates":[],"rejected":{},"translations":{"4":"Hola"}}', 100, 20, 0.25, 1.5, 7);
    INSERT INTO batch (episode_id, number, content_key, content, first_cue, state)
      VALUES (8, 1, 'eight', '{"cues":[],"leadIn":[],"number":1}', 1, 'answered');
    INSERT INTO spending VALUES ('openai', '2026-05-01', 3, 100, 20, 0.25, NULL, 0);
    INSERT INTO endpoint VALUES ('openai', '{}', 8);
    """,
    "3 selection": """
    UPDATE episode SET series = 'm', settled_cue = 12 WHERE id = 8;
    INSERT INTO verdict VALUES (8, 4, 'call it a day', '{}');
    UPDATE batch SET waiting_since = 50 WHERE episode_id = 7 AND number = 2;
    """,
    "4 media": """
    INSERT INTO keyframes VALUES ('11-cd', '{"entries":[]}');
    UPDATE clip SET known_at = 20, gone_at = 21 WHERE episode_id = 8 AND number = 4;
    """,
    "5 subtitles": """
    UPDATE transcript SET stamp = 'a.en.srt 5 105' WHERE episode_id = 7;
    UPDATE batch SET shift = 2 WHERE episode_id = 8;
    UPDATE episode SET subtitles_after = 70 WHERE id = 8;
    """,
    "6 reliability": """
    INSERT INTO pause VALUES ('backlog', 90);
    UPDATE episode SET adopts = 0 WHERE id = 9;
    """,
    "7 moves": """
    UPDATE episode SET gone_at = 95 WHERE id = 10;
    """,
    "9 dashboard": """
    UPDATE episode SET place_after = 95 WHERE id = 8;
    UPDATE clip SET content =
      '{"alsoHere":[],"context":{"firstCue":9,"lastCue":9},"end":19000000,"expressions":[{"dictionaryForm":"break the ice","examples":[],"meaning":"begin","partOfSpeech":"verb","phrase":"break the ice","spans":[{"cueNumber":9,"end":13,"start":0}],"usefulness":0.5,"wasMended":false}],"start":13000000}'
      WHERE episode_id = 8 AND number = 9;
    """,
    "11 notices": """
    INSERT INTO notice (id, topic, at, content) VALUES (3, 'clips', 40, '{}'), (4, 'trouble', 41, '{}');
    INSERT INTO told VALUES ('ntfy ab', 'clips', 2), ('ntfy ab', 'trouble', 4);
    INSERT INTO trouble VALUES ('full_disk', 'm', 39, 'no room', NULL);
    UPDATE episode SET untold_clips = 2 WHERE id = 8;
    """,
  ]
}
