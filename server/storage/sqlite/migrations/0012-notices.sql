-- Signals and tablets that fell silent, not told yet; written with what happened, and only while there is somebody to
-- tell.
CREATE TABLE notices (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE TRIGGER signal_raised AFTER INSERT ON signals WHEN EXISTS (SELECT 1 FROM webhooks) BEGIN
  INSERT INTO notices (kind, subject, at) VALUES ('signal', new.id, new.raised_at);
END;
CREATE TRIGGER device_fell_silent AFTER UPDATE OF silent_since ON devices
WHEN old.silent_since IS NULL AND new.silent_since IS NOT NULL AND EXISTS (SELECT 1 FROM webhooks) BEGIN
  INSERT INTO notices (kind, subject, at) VALUES ('silent-device', new.id, new.silent_since);
END;
