-- Comments as they are found and followed up -------------------------------------------------------------------------
-- What comments are chosen by, in one table that is read from the newest on. grade: of a smiley the grade that it stands
-- for; themes: keys with a space before, between and after; status: place in the list of the contract.
CREATE TABLE inbox (
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  placement INTEGER NOT NULL,
  product INTEGER NOT NULL,
  language INTEGER NOT NULL,
  grade REAL NOT NULL,
  themes TEXT NOT NULL,
  status INTEGER NOT NULL,
  PRIMARY KEY (at, seq)
) WITHOUT ROWID;

-- Words by stem, without the text; what is deleted leaves no bytes in it.
CREATE VIRTUAL TABLE comment_words USING fts5 (
  words, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0'
);
INSERT INTO comment_words (comment_words, rank) VALUES ('secure-delete', 1);

-- What staff wrote about a comment. owner, note and done are texts; times in milliseconds UTC. Of a comment that is gone
-- only stays what was done about it, with what that tells of it.
CREATE TABLE follow_ups (
  seq INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  status INTEGER NOT NULL,
  owner TEXT,
  note TEXT,
  done TEXT,
  done_at INTEGER,
  forwarded_at INTEGER,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  placement INTEGER NOT NULL,
  themes TEXT NOT NULL
);
CREATE INDEX follow_ups_done ON follow_ups (done_at) WHERE done_at IS NOT NULL;

-- What managers hear of while they look: the comments that came, changed or went.
CREATE TABLE comment_news (number INTEGER PRIMARY KEY AUTOINCREMENT, seq INTEGER NOT NULL, what TEXT NOT NULL);

-- Up to where comments were read with which words and themes; next is null when all were.
CREATE TABLE inbox_progress (id INTEGER PRIMARY KEY CHECK (id = 1), made_with TEXT NOT NULL, next INTEGER);
INSERT INTO inbox_progress VALUES (1, '', 0);

-- Whoever writes or erases a comment keeps all of this right: words_of and themes_of are functions of the connection.
-- 4 is the mark of an imported rating; later than three hours after it was given a comment is no news.
CREATE TRIGGER comment_comes AFTER INSERT ON comments BEGIN
  INSERT INTO inbox SELECT new.at, new.seq, new.placement, product, language, coalesce(grade, 1 + (smiley - 1) * 2.25),
    themes_of(new.text), 0 FROM ratings WHERE seq = new.seq;
  INSERT INTO comment_words (rowid, words) VALUES (new.seq, words_of(new.text));
  INSERT INTO comment_news (seq, what) SELECT new.seq, 'new' FROM ratings
    WHERE seq = new.seq AND marks & 4 = 0 AND received_after <= 10800000;
END;
CREATE TRIGGER comment_changes AFTER UPDATE OF text ON comments WHEN old.text IS NOT new.text BEGIN
  UPDATE inbox SET themes = themes_of(new.text) WHERE at = new.at AND seq = new.seq;
  INSERT INTO comment_words (comment_words, rowid, words) VALUES ('delete', old.seq, words_of(old.text));
  INSERT INTO comment_words (rowid, words) VALUES (new.seq, words_of(new.text));
  INSERT INTO comment_news (seq, what) VALUES (new.seq, 'changed');
END;
CREATE TRIGGER comment_goes AFTER DELETE ON comments BEGIN
  DELETE FROM inbox WHERE at = old.at AND seq = old.seq;
  INSERT INTO comment_words (comment_words, rowid, words) VALUES ('delete', old.seq, words_of(old.text));
  DELETE FROM follow_ups WHERE seq = old.seq AND done_at IS NULL;
  UPDATE follow_ups SET owner = NULL, note = NULL WHERE seq = old.seq;
  INSERT INTO comment_news (seq, what) VALUES (old.seq, 'gone');
END;
CREATE TRIGGER comment_graded AFTER UPDATE OF grade, smiley ON ratings BEGIN
  UPDATE inbox SET grade = coalesce(new.grade, 1 + (new.smiley - 1) * 2.25) WHERE at = new.at AND seq = new.seq;
END;

-- Year tables ----------------------------------------------------------------------------------------------------------
-- content: the table as it was frozen; hash: SHA-256 of that text. One table per year is frozen at a time.
CREATE TABLE year_tables (
  id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL,
  frozen_at INTEGER NOT NULL,
  frozen_by TEXT NOT NULL,
  reopened_at INTEGER,
  reopened_by TEXT,
  reason TEXT
);
CREATE UNIQUE INDEX year_tables_frozen ON year_tables (year) WHERE reopened_at IS NULL;
