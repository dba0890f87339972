import GRDB

extension Schema {
  /// What is told to people and to media servers: kept until each of them has it.
  static func addNotices(_ database: Database) throws {
    try database.execute(
      sql: """
        -- Numbers are never given twice, for they are what a receiver's place is told by.
        CREATE TABLE notice (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          topic TEXT NOT NULL CHECK (topic IN ('clips', 'trouble')),
          at REAL NOT NULL,
          content TEXT NOT NULL
        ) STRICT;

        -- The last notice of a topic that a receiver was told.
        CREATE TABLE told (
          receiver TEXT NOT NULL,
          topic TEXT NOT NULL,
          through INTEGER NOT NULL,
          PRIMARY KEY (receiver, topic)
        ) STRICT;

        -- What is wrong and was told, until its end is.
        CREATE TABLE trouble (
          kind TEXT NOT NULL,
          subject TEXT NOT NULL,
          since REAL NOT NULL,
          reason TEXT NOT NULL,
          -- What tells its end, where that can be looked at; JSON.
          mark TEXT,
          PRIMARY KEY (kind, subject)
        ) STRICT;

        -- Clips that were published since the episode's were told last.
        ALTER TABLE episode ADD COLUMN untold_clips INTEGER NOT NULL DEFAULT 0;
        """)
  }
}
