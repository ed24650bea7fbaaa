-- Outgoing mail ----------------------------------------------------------------------------------------------------
-- sealed and address are null from the moment that the message needs them no more; times in milliseconds UTC.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  invitation INTEGER,
  address BLOB,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  reference TEXT,
  reason TEXT,
  -- Last: whoever counts states does not read what is large.
  sealed BLOB
);
CREATE INDEX mail_due ON mail (due_at) WHERE state = 'waiting';
CREATE INDEX mail_sending ON mail (id) WHERE state = 'sending';
CREATE INDEX mail_address ON mail (address) WHERE address IS NOT NULL;
CREATE INDEX mail_invitation ON mail (invitation) WHERE invitation IS NOT NULL;
CREATE INDEX mail_reference ON mail (reference) WHERE reference IS NOT NULL;

-- Invitations ------------------------------------------------------------------------------------------------------
CREATE TABLE invitations (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  token BLOB NOT NULL UNIQUE,
  touchpoint TEXT NOT NULL,
  product TEXT,
  form TEXT,
  moment TEXT NOT NULL,
  language TEXT NOT NULL,
  reference TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  answered_at INTEGER
);
CREATE INDEX invitations_created ON invitations (created_at);
CREATE INDEX invitations_reference ON invitations (number) WHERE reference IS NOT NULL;

-- Keyed hashes of addresses that are not asked: until a time (invited not long ago), or ever (null).
CREATE TABLE spared_addresses (
  address BLOB NOT NULL,
  reason TEXT NOT NULL,
  until INTEGER,
  PRIMARY KEY (address, reason)
) WITHOUT ROWID;

-- Webhooks ---------------------------------------------------------------------------------------------------------
CREATE TABLE webhooks (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  types TEXT NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL
);

-- What happened to ratings and is not told yet; written with it, and only while there is somebody to tell.
CREATE TABLE rating_events (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, rating INTEGER NOT NULL);

-- Neither imported (4), trial (8) and voided (16) ratings nor those that came more than three hours late are news.
CREATE TRIGGER rating_comes AFTER INSERT ON ratings
WHEN new.marks & 28 = 0 AND new.received_after <= 10800000 AND EXISTS (SELECT 1 FROM webhooks) BEGIN
  INSERT INTO rating_events (kind, rating) VALUES ('received', new.seq);
END;
CREATE TRIGGER rating_corrected AFTER UPDATE OF grade, smiley ON ratings
WHEN (new.grade IS NOT old.grade OR new.smiley IS NOT old.smiley)
  AND new.marks & 28 = 0 AND new.received_after <= 10800000 AND EXISTS (SELECT 1 FROM webhooks) BEGIN
  INSERT INTO rating_events (kind, rating) VALUES ('changed', new.seq);
END;
CREATE TRIGGER comment_told AFTER INSERT ON comments WHEN EXISTS (SELECT 1 FROM webhooks) BEGIN
  INSERT INTO rating_events (kind, rating) SELECT 'comment', seq FROM ratings
  WHERE seq = new.seq AND marks & 28 = 0 AND received_after <= 10800000;
END;
CREATE TRIGGER comment_told_anew AFTER UPDATE OF text ON comments
WHEN old.text IS NOT new.text AND EXISTS (SELECT 1 FROM webhooks) BEGIN
  INSERT INTO rating_events (kind, rating) SELECT 'comment', seq FROM ratings
  WHERE seq = new.seq AND marks & 28 = 0 AND received_after <= 10800000;
END;

CREATE TABLE webhook_events (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE webhook_deliveries (
  webhook INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  event INTEGER NOT NULL REFERENCES webhook_events ON DELETE CASCADE,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  status INTEGER,
  reason TEXT,
  PRIMARY KEY (webhook, event)
) WITHOUT ROWID;
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook, subject, event) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_event ON webhook_deliveries (event);
