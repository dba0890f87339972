import GRDB

extension Schema {
  /// The expressions of all clips, one a row, and what is searched by words. Triggers keep both as the clips are, in
  /// the transaction that changes them.
  static func addDashboard(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE expression (
          id INTEGER PRIMARY KEY,
          episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
          -- The clip's number, and the expression's place among its own.
          clip INTEGER NOT NULL,
          place INTEGER NOT NULL,
          phrase TEXT NOT NULL,
          dictionary_form TEXT NOT NULL,
          meaning TEXT NOT NULL,
          translation TEXT,
          level TEXT,
          register TEXT
        ) STRICT;
        CREATE INDEX expression_by_clip ON expression (episode_id, clip, place);
        CREATE INDEX expression_by_level ON expression (level);

        CREATE VIRTUAL TABLE expression_words USING fts5 (
          phrase, dictionary_form, meaning, translation, content = 'expression', content_rowid = 'id',
          tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        CREATE TRIGGER expression_added AFTER INSERT ON expression BEGIN
          INSERT INTO expression_words (rowid, phrase, dictionary_form, meaning, translation)
            VALUES (new.id, new.phrase, new.dictionary_form, new.meaning, new.translation);
        END;
        CREATE TRIGGER expression_removed AFTER DELETE ON expression BEGIN
          INSERT INTO expression_words (expression_words, rowid, phrase, dictionary_form, meaning, translation)
            VALUES ('delete', old.id, old.phrase, old.dictionary_form, old.meaning, old.translation);
        END;

        CREATE TRIGGER clip_added AFTER INSERT ON clip BEGIN
          \(insertion("new"))
        END;
        CREATE TRIGGER clip_changed AFTER UPDATE OF episode_id, number, content ON clip BEGIN
          DELETE FROM expression WHERE episode_id = old.episode_id AND clip = old.number;
          \(insertion("new"))
        END;
        CREATE TRIGGER clip_removed AFTER DELETE ON clip BEGIN
          DELETE FROM expression WHERE episode_id = old.episode_id AND clip = old.number;
        END;
        INSERT INTO expression (episode_id, clip, place, phrase, dictionary_form, meaning, translation, level,
            register)
          \(selection("clip", from: "clip, "));

        CREATE INDEX episode_by_update ON episode (updated_at);
        """)
  }

  /// An episode's batches and clips are counted by state without reading what they hold.
  static func addCounts(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE INDEX batch_by_state ON batch (episode_id, state);
        CREATE INDEX clip_by_state ON clip (episode_id, state);
        """)
  }

  private static func insertion(_ clip: String) -> String {
    """
    INSERT INTO expression (episode_id, clip, place, phrase, dictionary_form, meaning, translation, level, register)
      \(selection(clip, from: ""));
    """
  }

  /// What can't be read has no expressions, and keeps no clip from being written.
  private static func selection(_ clip: String, from: String) -> String {
    """
    SELECT \(clip).episode_id, \(clip).number, one.key,
        coalesce(one.value ->> '$.phrase', ''), coalesce(one.value ->> '$.dictionaryForm', ''),
        coalesce(one.value ->> '$.meaning', ''), one.value ->> '$.details.translation',
        one.value ->> '$.details.level', one.value ->> '$.details.register'
      FROM \(from)json_each(CASE WHEN json_valid(\(clip).content) THEN \(clip).content ELSE '{}' END,
        '$.expressions') AS one
      WHERE one.type = 'object'
    """
  }
}
