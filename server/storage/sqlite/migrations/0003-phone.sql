-- secret: sealed with a key that is not in the database; content: languages, voices, recordings.
CREATE TABLE phone_lines (
  touchpoint TEXT PRIMARY KEY REFERENCES touchpoints ON DELETE CASCADE,
  platform TEXT NOT NULL,
  secret BLOB,
  content TEXT NOT NULL
) WITHOUT ROWID;

-- A call by its keyed hash, for a week. at in milliseconds UTC; turns: what each step came to; rating: what was given
-- to the ratings last.
CREATE TABLE calls (
  id BLOB PRIMARY KEY,
  touchpoint TEXT NOT NULL,
  counts INTEGER NOT NULL,
  at INTEGER NOT NULL,
  offered INTEGER NOT NULL DEFAULT 0,
  reached INTEGER NOT NULL DEFAULT 0,
  finished INTEGER NOT NULL DEFAULT 0,
  ended INTEGER NOT NULL DEFAULT 0,
  turns TEXT NOT NULL DEFAULT '{}',
  rating TEXT
) WITHOUT ROWID;
CREATE INDEX calls_by_time ON calls (at);

CREATE TABLE call_counts (
  touchpoint TEXT NOT NULL,
  day INTEGER NOT NULL,
  offers INTEGER NOT NULL DEFAULT 0,
  calls INTEGER NOT NULL DEFAULT 0,
  rated INTEGER NOT NULL DEFAULT 0,
  broken_off INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (touchpoint, day)
) WITHOUT ROWID;

-- content: product, and what form and rating numbers mean.
CREATE TABLE survey_links (
  id TEXT PRIMARY KEY,
  touchpoint TEXT NOT NULL REFERENCES touchpoints ON DELETE CASCADE,
  content TEXT NOT NULL
) WITHOUT ROWID;
