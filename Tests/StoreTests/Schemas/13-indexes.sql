PRAGMA application_id = 1818651768;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1 episodes');
INSERT INTO grdb_migrations VALUES('2 answers');
INSERT INTO grdb_migrations VALUES('3 selection');
INSERT INTO grdb_migrations VALUES('4 media');
INSERT INTO grdb_migrations VALUES('5 subtitles');
INSERT INTO grdb_migrations VALUES('6 reliability');
INSERT INTO grdb_migrations VALUES('7 moves');
INSERT INTO grdb_migrations VALUES('9 dashboard');
INSERT INTO grdb_migrations VALUES('10 places');
INSERT INTO grdb_migrations VALUES('11 notices');
INSERT INTO grdb_migrations VALUES('12 counts');
INSERT INTO grdb_migrations VALUES('13 indexes');
CREATE TABLE library (
  name TEXT PRIMARY KEY,
  first_scan_at REAL
) STRICT;
INSERT INTO library VALUES('m',1.5);
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
, series TEXT, settled_cue INTEGER NOT NULL DEFAULT 0, early_after REAL, refresh_after REAL, subtitles_after REAL, presence INTEGER NOT NULL DEFAULT 0, adopts INTEGER NOT NULL DEFAULT 1, place_after REAL, gone_at REAL, clips_lost_at REAL, former_fingerprint TEXT, predecessor INTEGER REFERENCES episode (id) ON DELETE SET NULL, untold_clips INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO episode VALUES(7,'m','10-ab','news','extracting',NULL,1,60.0,10,'{}',1.0,2.0,NULL,NULL,0,0.0,NULL,NULL,2,1,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO episode VALUES(8,'m','11-cd','backlog','done','partly',0,NULL,11,'{}',1.0,3.0,X'2f6d2f53','m',12,NULL,NULL,70.0,2,1,95.0,NULL,NULL,NULL,NULL,2);
INSERT INTO episode VALUES(9,'m',NULL,'backlog','left_alone',NULL,0,NULL,12,NULL,1.0,1.0,NULL,NULL,0,NULL,NULL,NULL,2,0,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO episode VALUES(10,'m','13-ef','news','failed','no video',2,NULL,13,NULL,1.0,4.0,NULL,NULL,0,NULL,NULL,NULL,1,1,NULL,95.0,NULL,NULL,NULL,0);
CREATE TABLE location (
  path BLOB PRIMARY KEY,
  episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
  library TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  is_missing INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO location VALUES(X'2f6d2f612e6d6b76',7,'m',10,100,0);
INSERT INTO location VALUES(X'2f6d2f622e6d6b76',8,'m',11,101,0);
INSERT INTO location VALUES(X'2f6d2f6cff2e6d6b76',8,'m',11,102,1);
INSERT INTO location VALUES(X'2f6d2f632e6d6b76',9,'m',12,103,0);
INSERT INTO location VALUES(X'2f6d2f642e6d6b76',10,'m',13,104,1);
CREATE TABLE sidecar (
  path BLOB PRIMARY KEY,
  library TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL
) STRICT;
INSERT INTO sidecar VALUES(X'2f6d2f612e656e2e737274','m',5,105);
CREATE TABLE transcript (
  episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('source', 'target')),
  origin TEXT NOT NULL,
  content TEXT NOT NULL, stamp TEXT,
  PRIMARY KEY (episode_id, role)
) STRICT;
INSERT INTO transcript VALUES(7,'source','a.en.srt','{"cues":[{"end":1000000,"number":1,"start":0,"text":"Shall we call it a day?"}],"language":"en"}','a.en.srt 5 105');
CREATE TABLE batch (
  episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  content_key TEXT NOT NULL,
  content TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'answered', 'failed')),
  reason TEXT,
  attempts INTEGER NOT NULL DEFAULT 0, first_cue INTEGER NOT NULL DEFAULT 0, waiting_since REAL, shift INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (episode_id, number)
) STRICT;
INSERT INTO batch VALUES(7,1,'one','{"cues":[{"end":1000000,"number":1,"start":0,"text":"Shall we call it a day?"}],"leadIn":[],"number":1}','answered',NULL,0,1,NULL,0);
INSERT INTO batch VALUES(7,2,'two','{"cues":[{"end":2000000,"number":2,"start":1000000,"text":"Yes."}],"leadIn":[],"number":2}','pending','no server',1,2,50.0,0);
INSERT INTO batch VALUES(8,1,'eight','{"cues":[],"leadIn":[],"number":1}','answered',NULL,0,1,NULL,2);
CREATE TABLE clip (
  episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'published', 'failed')),
  reason TEXT,
  content TEXT NOT NULL,
  file TEXT, facts TEXT, published_at REAL, known_at REAL, gone_at REAL,
  PRIMARY KEY (episode_id, number)
) STRICT;
INSERT INTO clip VALUES(8,4,'published',NULL,'{"alsoHere":[],"context":{"firstCue":4,"lastCue":6},"end":9000000,"expressions":[],"start":3000000}','01 call it a day.mp4',NULL,3.0,20.0,21.0);
INSERT INTO clip VALUES(8,9,'failed','no keyframe','{"alsoHere":[],"context":{"firstCue":9,"lastCue":9},"end":19000000,"expressions":[{"dictionaryForm":"break the ice","examples":[],"meaning":"begin","partOfSpeech":"verb","phrase":"break the ice","spans":[{"cueNumber":9,"end":13,"start":0}],"usefulness":0.5,"wasMended":false}],"start":13000000}',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE dropped_candidates (
  episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (episode_id, reason)
) STRICT;
INSERT INTO dropped_candidates VALUES(8,'not_in_cues',3);
CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
  at REAL NOT NULL,
  step TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
INSERT INTO incident VALUES(1,10,4.0,'probing','no video');
CREATE TABLE IF NOT EXISTS "answer" (
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
INSERT INTO answer VALUES('one','answer','lexicon 3.0',NULL,'{"candidates":[{"cueNumbers":[1],"dictionaryForm":"call it a day","examples":[],"meaning":"stop","partOfSpeech":"verb","phrase":"call it a day","usefulness":0.88}],"rejected":{},"translations":{}}',0,0,0.0,0.0,NULL,0,5.5);
INSERT INTO answer VALUES('big','split','openai m',NULL,NULL,9,1,0.5,0.0,NULL,0,6.0);
INSERT INTO answer VALUES('eight','answer','openai m','m-1','{"candidates":[],"rejected":{},"translations":{"4":"Hola"}}',100,20,0.25,1.5,NULL,0,7.0);
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
INSERT INTO spending VALUES('openai','2026-05-01',3,100,20,0.25,NULL,0);
CREATE TABLE endpoint (
  name TEXT PRIMARY KEY,
  facts TEXT NOT NULL,
  updated_at REAL NOT NULL
) STRICT;
INSERT INTO endpoint VALUES('openai','{}',8.0);
CREATE TABLE verdict (
  episode_id INTEGER NOT NULL REFERENCES episode (id) ON DELETE CASCADE,
  first_cue INTEGER NOT NULL,
  phrase TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (episode_id, first_cue, phrase)
) STRICT;
INSERT INTO verdict VALUES(8,4,'call it a day','{}');
CREATE TABLE keyframes (fingerprint TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT;
INSERT INTO keyframes VALUES('11-cd','{"entries":[]}');
CREATE TABLE pause (
  kind TEXT PRIMARY KEY CHECK (kind IN ('all', 'backlog')),
  since REAL NOT NULL
) STRICT;
INSERT INTO pause VALUES('backlog',90.0);
CREATE TABLE move (
  episode_id INTEGER PRIMARY KEY REFERENCES episode (id) ON DELETE CASCADE,
  from_folder BLOB NOT NULL,
  to_folder BLOB NOT NULL,
  -- What the manifest calls flat files, before and after; JSON.
  files TEXT NOT NULL
) STRICT;
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
INSERT INTO expression VALUES(1,8,9,0,'break the ice','break the ice','begin',NULL,NULL,NULL);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','expression_words','expression_words',0,'CREATE VIRTUAL TABLE expression_words USING fts5 (
  phrase, dictionary_form, meaning, translation, content = ''expression'', content_rowid = ''id'',
  tokenize = ''unicode61 remove_diacritics 2'', prefix = ''2 3'')');
CREATE TABLE IF NOT EXISTS 'expression_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO expression_words_data VALUES(1,X'0103030100');
INSERT INTO expression_words_data VALUES(10,X'000000000101010001010101');
INSERT INTO expression_words_data VALUES(137438953473,X'000000840630626567696e010601020202047265616b0108020101020103696365010804010104010374686501080301010300033162650106010202020172010802010102010269630108040101040102746801080301010300043262656701060102020202726501080201010201036963650108040101040103746865010803010103040c0c0b0b0a090a0a0b0a0b');
CREATE TABLE IF NOT EXISTS 'expression_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO expression_words_idx VALUES(1,X'',2);
CREATE TABLE IF NOT EXISTS 'expression_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO expression_words_docsize VALUES(1,X'03030100');
CREATE TABLE IF NOT EXISTS 'expression_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO expression_words_config VALUES('version',4);
CREATE TABLE notice (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL CHECK (topic IN ('clips', 'trouble')),
  at REAL NOT NULL,
  content TEXT NOT NULL
) STRICT;
INSERT INTO notice VALUES(3,'clips',40.0,'{}');
INSERT INTO notice VALUES(4,'trouble',41.0,'{}');
CREATE TABLE told (
  receiver TEXT NOT NULL,
  topic TEXT NOT NULL,
  through INTEGER NOT NULL,
  PRIMARY KEY (receiver, topic)
) STRICT;
INSERT INTO told VALUES('ntfy ab','clips',2);
INSERT INTO told VALUES('ntfy ab','trouble',4);
CREATE TABLE trouble (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  since REAL NOT NULL,
  reason TEXT NOT NULL,
  -- What tells its end, where that can be looked at; JSON.
  mark TEXT,
  PRIMARY KEY (kind, subject)
) STRICT;
INSERT INTO trouble VALUES('full_disk','m',39.0,'no room',NULL);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('notice',4);
CREATE INDEX location_by_episode ON location (episode_id);
CREATE INDEX incident_by_episode ON incident (episode_id);
CREATE INDEX batch_by_content_key ON batch (content_key);
CREATE INDEX episode_by_series ON episode (series);
CREATE TRIGGER location_comes AFTER INSERT ON location BEGIN
  UPDATE episode SET presence = coalesce((SELECT 2 - min(is_missing) FROM location WHERE episode_id = new.episode_id), 0) WHERE id = new.episode_id;
END;
CREATE TRIGGER location_changes AFTER UPDATE OF episode_id, is_missing ON location BEGIN
  UPDATE episode SET presence = coalesce((SELECT 2 - min(is_missing) FROM location WHERE episode_id = new.episode_id), 0) WHERE id = new.episode_id;
  UPDATE episode SET presence = coalesce((SELECT 2 - min(is_missing) FROM location WHERE episode_id = old.episode_id), 0)
    WHERE id = old.episode_id AND old.episode_id <> new.episode_id;
END;
CREATE TRIGGER location_goes AFTER DELETE ON location BEGIN
  UPDATE episode SET presence = coalesce((SELECT 2 - min(is_missing) FROM location WHERE episode_id = old.episode_id), 0) WHERE id = old.episode_id;
END;
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
CREATE INDEX expression_by_clip ON expression (episode_id, clip, place);
CREATE INDEX expression_by_level ON expression (level);
CREATE TRIGGER expression_added AFTER INSERT ON expression BEGIN
  INSERT INTO expression_words (rowid, phrase, dictionary_form, meaning, translation)
    VALUES (new.id, new.phrase, new.dictionary_form, new.meaning, new.translation);
END;
CREATE TRIGGER expression_removed AFTER DELETE ON expression BEGIN
  INSERT INTO expression_words (expression_words, rowid, phrase, dictionary_form, meaning, translation)
    VALUES ('delete', old.id, old.phrase, old.dictionary_form, old.meaning, old.translation);
END;
CREATE TRIGGER clip_added AFTER INSERT ON clip BEGIN
  INSERT INTO expression (episode_id, clip, place, phrase, dictionary_form, meaning, translation, level, register)
  SELECT new.episode_id, new.number, one.key,
    coalesce(one.value ->> '$.phrase', ''), coalesce(one.value ->> '$.dictionaryForm', ''),
    coalesce(one.value ->> '$.meaning', ''), one.value ->> '$.details.translation',
    one.value ->> '$.details.level', one.value ->> '$.details.register'
  FROM json_each(CASE WHEN json_valid(new.content) THEN new.content ELSE '{}' END,
    '$.expressions') AS one
  WHERE one.type = 'object';
END;
CREATE TRIGGER clip_changed AFTER UPDATE OF episode_id, number, content ON clip BEGIN
  DELETE FROM expression WHERE episode_id = old.episode_id AND clip = old.number;
  INSERT INTO expression (episode_id, clip, place, phrase, dictionary_form, meaning, translation, level, register)
  SELECT new.episode_id, new.number, one.key,
    coalesce(one.value ->> '$.phrase', ''), coalesce(one.value ->> '$.dictionaryForm', ''),
    coalesce(one.value ->> '$.meaning', ''), one.value ->> '$.details.translation',
    one.value ->> '$.details.level', one.value ->> '$.details.register'
  FROM json_each(CASE WHEN json_valid(new.content) THEN new.content ELSE '{}' END,
    '$.expressions') AS one
  WHERE one.type = 'object';
END;
CREATE TRIGGER clip_removed AFTER DELETE ON clip BEGIN
  DELETE FROM expression WHERE episode_id = old.episode_id AND clip = old.number;
END;
CREATE INDEX episode_by_update ON episode (updated_at);
CREATE INDEX episode_by_place ON episode (place_after) WHERE place_after IS NOT NULL;
CREATE INDEX batch_by_state ON batch (episode_id, state);
CREATE INDEX clip_by_state ON clip (episode_id, state);
CREATE INDEX clip_by_publication ON clip (published_at) WHERE published_at IS NOT NULL;
CREATE INDEX episode_by_predecessor ON episode (predecessor) WHERE predecessor IS NOT NULL;
CREATE INDEX episode_by_size ON episode (size_bytes) WHERE fingerprint IS NULL;
CREATE INDEX episode_by_folder ON episode (folder) WHERE folder IS NOT NULL;
PRAGMA writable_schema=OFF;
COMMIT;
