import GRDB

extension Schema {
  /// What it takes for clips to follow their episode's file, whatever becomes of it.
  static func addMoves(_ database: Database) throws {
    try database.execute(
      sql: """
        -- From when on it is to be looked at whether its clips lie where its file is; null while nothing has happened.
        ALTER TABLE episode ADD COLUMN place_after REAL;
        -- Since when its file is at none of its places.
        ALTER TABLE episode ADD COLUMN gone_at REAL;
        -- Since when the folder of its clips has been gone together with its file.
        ALTER TABLE episode ADD COLUMN clips_lost_at REAL;
        -- What the clips in its folder were cut from, while those of a better file are still to come.
        ALTER TABLE episode ADD COLUMN former_fingerprint TEXT;
        -- The episode whose file lay at its path before.
        ALTER TABLE episode ADD COLUMN predecessor INTEGER REFERENCES episode (id) ON DELETE SET NULL;

        -- A set of clips on its way to another folder; a row from before the first rename until after the last.
        CREATE TABLE move (
          episode_id INTEGER PRIMARY KEY REFERENCES episode (id) ON DELETE CASCADE,
          from_folder BLOB NOT NULL,
          to_folder BLOB NOT NULL,
          -- What the manifest calls flat files, before and after; JSON.
          files TEXT NOT NULL
        ) STRICT;
        """)
  }
}
