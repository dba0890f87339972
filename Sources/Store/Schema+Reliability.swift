import GRDB

extension Schema {
  /// Marks the file as langflix's own ("lflx"), so that no other program's database is ever taken for a store.
  static let applicationID: Int32 = 0x6C66_6C78

  /// What finds the next work, and counts it, without looking at every row; what people have stopped.
  static func addReliability(_ database: Database) throws {
    try database.execute(
      sql: """
        PRAGMA application_id = \(applicationID);

        -- Whether its file is at one of its places (2), at none (1), or another file took its last place (0).
        ALTER TABLE episode ADD COLUMN presence INTEGER NOT NULL DEFAULT 0;
        UPDATE episode SET presence = \(presence(of: "episode.id"));
        CREATE TRIGGER location_comes AFTER INSERT ON location BEGIN
          UPDATE episode SET presence = \(presence(of: "new.episode_id")) WHERE id = new.episode_id;
        END;
        CREATE TRIGGER location_changes AFTER UPDATE OF episode_id, is_missing ON location BEGIN
          UPDATE episode SET presence = \(presence(of: "new.episode_id")) WHERE id = new.episode_id;
          UPDATE episode SET presence = \(presence(of: "old.episode_id"))
            WHERE id = old.episode_id AND old.episode_id <> new.episode_id;
        END;
        CREATE TRIGGER location_goes AFTER DELETE ON location BEGIN
          UPDATE episode SET presence = \(presence(of: "old.episode_id")) WHERE id = old.episode_id;
        END;

        -- Whether what lies published beside it may be taken over: 0 where a person had it forgotten, 2 where it was taken
        -- for that alone.
        ALTER TABLE episode ADD COLUMN adopts INTEGER NOT NULL DEFAULT 1;

        DROP INDEX episode_by_state;
        CREATE INDEX episode_by_work ON episode (state, presence, origin, next_attempt_at);
        CREATE INDEX episode_by_change ON episode (updated_at)
          WHERE state <> 'left_alone' AND presence > 0;
        CREATE INDEX episode_left_alone ON episode (state, presence, size_bytes)
          WHERE state = 'left_alone' AND presence = 2;
        CREATE INDEX episode_by_attempt ON episode (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
        CREATE INDEX episode_by_early ON episode (early_after)
          WHERE early_after IS NOT NULL AND state = 'extracting';
        CREATE INDEX episode_by_refresh ON episode (refresh_after) WHERE refresh_after IS NOT NULL;
        CREATE INDEX episode_by_look ON episode (subtitles_after) WHERE subtitles_after IS NOT NULL;
        CREATE INDEX batch_by_wait ON batch (waiting_since)
          WHERE state = 'pending' AND waiting_since IS NOT NULL;
        CREATE INDEX location_by_stamp ON location (size_bytes, modified_ns);
        CREATE INDEX incident_by_time ON incident (at);

        -- Null from now on where nothing is to be published early.
        UPDATE episode SET early_after = 0 WHERE early_after IS NULL AND state IN ('transcribing', 'extracting');

        -- What a person has stopped; kept until it is resumed.
        CREATE TABLE pause (
          kind TEXT PRIMARY KEY CHECK (kind IN ('all', 'backlog')),
          since REAL NOT NULL
        ) STRICT;
        """)
  }

  private static func presence(of id: String) -> String {
    "coalesce((SELECT 2 - min(is_missing) FROM location WHERE episode_id = \(id)), 0)"
  }
}
