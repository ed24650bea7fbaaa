-- Promises that an answer confirms or not. `content` is the norm as JSON.
CREATE TABLE service_norms (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL
);

-- How many ratings answered the question of a norm, and how many of those confirmed it; a day is one of Amsterdam.
CREATE TABLE norm_counts (
  norm INTEGER NOT NULL REFERENCES service_norms ON DELETE CASCADE,
  placement INTEGER NOT NULL,
  day INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  PRIMARY KEY (norm, placement, day)
) WITHOUT ROWID;

-- Counting anew looks at those only; a rating without answers is not in it.
CREATE INDEX ratings_answered ON ratings (seq) WHERE answers IS NOT NULL;

ALTER TABLE signals ADD COLUMN acknowledged_at INTEGER;
ALTER TABLE signals ADD COLUMN snoozed_until INTEGER;

-- What an account asked to get by e-mail.
CREATE TABLE mail_wishes (
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (account, kind)
) WITHOUT ROWID;
