import GRDB

extension Schema {
  /// What is known of the subtitles that were read, so that others that come later are noticed.
  static func addSubtitles(_ database: Database) throws {
    try database.execute(
      sql: """
        -- What was read, as it was then: a file's path, size and time of change, or a track.
        ALTER TABLE transcript ADD COLUMN stamp TEXT;
        -- How much later the batch's cues come than when it was asked: its answer names them as they were then.
        ALTER TABLE batch ADD COLUMN shift INTEGER NOT NULL DEFAULT 0;
        -- From when on an episode's subtitles are to be looked at again; null while nothing has happened to them.
        ALTER TABLE episode ADD COLUMN subtitles_after REAL;
        """)
  }
}
