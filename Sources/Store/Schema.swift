import GRDB

/// The store's tables. A migration that has shipped is never edited; a change is a new one.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 episodes") { database in
      try database.execute(
        sql: """
          CREATE TABLE library (
            name TEXT PRIMARY KEY,
            first_scan_at REAL
          ) STRICT;

          CREATE TABLE episode (
            id INTEGER PRIMARY KEY,
            library TEXT NOT NULL,
            fingerprint TEXT UNIQUE,
            origin TEXT NOT NULL CHECK (origin IN ('request', 'news', 'backlog')),
            state TEXT NOT NULL CHECK (state IN ('left_alone', 'settling', 'probing', 'transcribing',
              'needs_subtitles', 'needs_provider', 'extracting', 'grouping', 'cutting', 'done', 'failed')),
            reason TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt_at REAL,
            size_bytes INTEGER NOT NULL,
            probe TEXT,
            created_at REAL NOT NULL,
            updated_at REAL NOT NULL,
            folder BLOB
          ) STRICT;
          CREATE INDEX episode_by_state ON episode (state);

          CREATE TABLE location (
            path BLOB PRIMARY KEY,
            episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
            library TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            modified_ns INTEGER NOT NULL,
            is_missing INTEGER NOT NULL DEFAULT 0
          ) STRICT;
          CREATE INDEX location_by_episode ON location (episode_id);

          CREATE TABLE sidecar (
            path BLOB PRIMARY KEY,
            library TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            modified_ns INTEGER NOT NULL
          ) STRICT;

          CREATE TABLE transcript (
            episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('source', 'target')),
            origin TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (episode_id, role)
          ) STRICT;

          CREATE TABLE answer (
            content_key TEXT PRIMARY KEY,
            extractor TEXT NOT NULL,
            candidates TEXT NOT NULL,
            created_at REAL NOT NULL
          ) STRICT;

          CREATE TABLE batch (
            episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            content_key TEXT NOT NULL,
            content TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'answered', 'failed')),
            reason TEXT,
            attempts INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (episode_id, number)
          ) STRICT;

          CREATE TABLE clip (
            episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'published', 'failed')),
            reason TEXT,
            content TEXT NOT NULL,
            file TEXT,
            PRIMARY KEY (episode_id, number)
          ) STRICT;

          CREATE TABLE dropped_candidates (
            episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
            reason TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (episode_id, reason)
          ) STRICT;

          CREATE TABLE incident (
            id INTEGER PRIMARY KEY,
            episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
            at REAL NOT NULL,
            step TEXT NOT NULL,
            reason TEXT NOT NULL
          ) STRICT;
          CREATE INDEX incident_by_episode ON incident (episode_id);
          """)
    }
    migrator.registerMigration("2 answers", migrate: addAnswers)
    migrator.registerMigration("3 selection", migrate: addSelection)
    migrator.registerMigration("4 media") { database in
      try database.execute(
        sql: """
          -- Found by reading whole files whose containers have no index; JSON.
          CREATE TABLE keyframes (fingerprint TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
          -- Since when a published clip is not where it was: a person deleted it.
          ALTER TABLE clip ADD COLUMN gone_at REAL;
          -- From when on what depends on the set of clips is to be made anew; null while it fits.
          ALTER TABLE episode ADD COLUMN refresh_after REAL;
          """)
    }
    migrator.registerMigration("5 subtitles", migrate: addSubtitles)
    migrator.registerMigration("6 reliability", migrate: addReliability)
    migrator.registerMigration("7 moves", migrate: addMoves)
    migrator.registerMigration("9 dashboard", migrate: addDashboard)
    migrator.registerMigration("10 places") { database in
      try database.execute(
        sql: """
          CREATE INDEX episode_by_place ON episode (place_after) WHERE place_after IS NOT NULL;
          """)
    }
    migrator.registerMigration("11 notices", migrate: addNotices)
    migrator.registerMigration("12 counts", migrate: addCounts)
    migrator.registerMigration("13 indexes", migrate: addIndexes)
    return migrator
  }
}
