-- Comments that came and were not read for words and themes yet. They are read after their commit, many at a time: what
-- a comment costs to be found must not be waited for by whoever gave it.
CREATE TABLE unread_comments (seq INTEGER PRIMARY KEY);

DROP TRIGGER comment_comes;
DROP TRIGGER comment_changes;
DROP TRIGGER comment_goes;
CREATE TRIGGER comment_comes AFTER INSERT ON comments BEGIN
  INSERT INTO unread_comments VALUES (new.seq);
END;
CREATE TRIGGER comment_changes AFTER UPDATE OF text ON comments
WHEN old.text IS NOT new.text AND NOT EXISTS (SELECT 1 FROM unread_comments WHERE seq = new.seq) BEGIN
  UPDATE inbox SET themes = themes_of(new.text) WHERE at = new.at AND seq = new.seq;
  INSERT INTO comment_words (comment_words, rowid, words) VALUES ('delete', old.seq, words_of(old.text));
  INSERT INTO comment_words (rowid, words) VALUES (new.seq, words_of(new.text));
  INSERT INTO comment_news (seq, what) VALUES (new.seq, 'changed');
END;
CREATE TRIGGER comment_goes AFTER DELETE ON comments BEGIN
  INSERT INTO comment_words (comment_words, rowid, words) SELECT 'delete', old.seq, words_of(old.text)
    WHERE NOT EXISTS (SELECT 1 FROM unread_comments WHERE seq = old.seq);
  INSERT INTO comment_news (seq, what) SELECT old.seq, 'gone'
    WHERE NOT EXISTS (SELECT 1 FROM unread_comments WHERE seq = old.seq);
  DELETE FROM unread_comments WHERE seq = old.seq;
  DELETE FROM inbox WHERE at = old.at AND seq = old.seq;
  DELETE FROM follow_ups WHERE seq = old.seq AND done_at IS NULL;
  UPDATE follow_ups SET owner = NULL, note = NULL WHERE seq = old.seq;
END;
