import GRDB

extension Schema {
  /// What is kept of the providers' side: whole answers, what they cost, what endpoints understand.
  static func addAnswers(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE kept_answer (
          content_key TEXT PRIMARY KEY,
          -- 'split': this content is too big for one answer
          kind TEXT NOT NULL CHECK (kind IN ('answer', 'split')),
          extractor TEXT NOT NULL,
          model TEXT,
          content TEXT,
          input_tokens INTEGER NOT NULL DEFAULT 0,
          output_tokens INTEGER NOT NULL DEFAULT 0,
          cost_usd REAL NOT NULL DEFAULT 0,
          latency_s REAL NOT NULL DEFAULT 0,
          -- zlib, and how long the text is without it; nothing for an empty text
          raw BLOB,
          raw_size INTEGER NOT NULL DEFAULT 0,
          created_at REAL NOT NULL,
          CHECK ((kind = 'answer') = (content IS NOT NULL))
        ) STRICT;
        INSERT INTO kept_answer (content_key, kind, extractor, content, created_at)
          SELECT content_key, 'answer', extractor,
            json_object('candidates', json(candidates), 'rejected', json('{}'),
              'translations', json('{}')), created_at
          FROM answer WHERE json_valid(candidates);
        DROP TABLE answer;
        ALTER TABLE kept_answer RENAME TO answer;

        ALTER TABLE batch ADD COLUMN first_cue INTEGER NOT NULL DEFAULT 0;
        UPDATE batch SET first_cue = coalesce(json_extract(content, '$.cues[0].number'), 0)
          WHERE json_valid(content);
        CREATE INDEX batch_by_content_key ON batch (content_key);

        CREATE TABLE spending (
          provider TEXT NOT NULL,
          day TEXT NOT NULL,
          requests INTEGER NOT NULL DEFAULT 0,
          input_tokens INTEGER NOT NULL DEFAULT 0,
          output_tokens INTEGER NOT NULL DEFAULT 0,
          usd REAL NOT NULL DEFAULT 0,
          known_request_limit INTEGER,
          closed INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (provider, day)
        ) STRICT;

        CREATE TABLE endpoint (
          name TEXT PRIMARY KEY,
          facts TEXT NOT NULL,
          updated_at REAL NOT NULL
        ) STRICT;
        """)
  }
}
