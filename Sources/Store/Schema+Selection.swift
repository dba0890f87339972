import GRDB

extension Schema {
  /// What choosing keeps: clips that are told apart for ever, what was decided of each expression and how far, and
  /// what the series has given.
  static func addSelection(_ database: Database) throws {
    try database.execute(
      sql: """
        -- A clip's number is its first cue: no cue is in two clips, and later clips may come between.
        UPDATE clip SET number = -json_extract(content, '$.context.firstCue')
          WHERE json_valid(content) AND json_extract(content, '$.context.firstCue') > 0;
        UPDATE clip SET number = -number WHERE number < 0;
        -- What the manifest says of the clip's file, as JSON.
        ALTER TABLE clip ADD COLUMN facts TEXT;
        ALTER TABLE clip ADD COLUMN published_at REAL;
        ALTER TABLE clip ADD COLUMN known_at REAL;
        UPDATE clip SET published_at =
          (SELECT updated_at FROM episode WHERE id = clip.episode_id) WHERE state = 'published';

        ALTER TABLE episode ADD COLUMN series TEXT;
        -- The expressions up to this cue are decided.
        ALTER TABLE episode ADD COLUMN settled_cue INTEGER NOT NULL DEFAULT 0;
        -- Clips are published before all batches are in, but not before this time.
        ALTER TABLE episode ADD COLUMN early_after REAL;
        UPDATE episode SET settled_cue = 2147483647
          WHERE EXISTS (SELECT 1 FROM clip WHERE episode_id = episode.id);
        CREATE INDEX episode_by_series ON episode (series);

        -- Since when it waits for a provider that can't be asked.
        ALTER TABLE batch ADD COLUMN waiting_since REAL;

        CREATE TABLE verdict (
          episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
          first_cue INTEGER NOT NULL,
          phrase TEXT NOT NULL,
          content TEXT NOT NULL,
          PRIMARY KEY (episode_id, first_cue, phrase)
        ) STRICT;
        """)
  }
}
