-- Outgoing mail ----------------------------------------------------------------------------------------------------
-- sealed and address are null from the moment that the message needs them no more; times in milliseconds UTC.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  invitation INTEGER,
  sealed BLOB,
  address BLOB,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  queued_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  reference TEXT,
  reason TEXT
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
