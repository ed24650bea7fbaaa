-- The audit log ----------------------------------------------------------------------------------------------------
-- at in milliseconds UTC; hash over all fields and the hash before it, in hexadecimal (audit-chain.ts).
CREATE TABLE audit_events (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  name TEXT NOT NULL,
  session TEXT,
  method TEXT NOT NULL,
  route TEXT NOT NULL,
  object TEXT,
  outcome INTEGER NOT NULL,
  hash TEXT NOT NULL
);

-- One row: up to where the log was forgotten after its period, and its last record.
CREATE TABLE audit_chain (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  forgotten INTEGER NOT NULL,
  forgotten_hash TEXT NOT NULL,
  last INTEGER NOT NULL,
  last_hash TEXT NOT NULL
);
INSERT INTO audit_chain VALUES (1, 0, printf('%.64d', 0), 0, printf('%.64d', 0));

CREATE TRIGGER audit_events_unchanged BEFORE UPDATE ON audit_events
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_events_kept BEFORE DELETE ON audit_events
WHEN OLD.id > (SELECT forgotten FROM audit_chain)
BEGIN SELECT RAISE(ABORT, 'the audit log is only forgotten from its beginning'); END;
CREATE TRIGGER audit_events_at_the_end BEFORE INSERT ON audit_events
WHEN NEW.id <> (SELECT last + 1 FROM audit_chain)
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to at its end'); END;
CREATE TRIGGER audit_chain_onward BEFORE UPDATE ON audit_chain
WHEN NEW.forgotten < OLD.forgotten OR NEW.last < OLD.last OR NEW.forgotten > NEW.last
BEGIN SELECT RAISE(ABORT, 'the audit log only goes on'); END;
CREATE TRIGGER audit_chain_kept BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;

-- Access -----------------------------------------------------------------------------------------------------------
-- reach: channels and locations that it is limited to, as JSON; null is all.
ALTER TABLE tokens ADD COLUMN reach TEXT;
ALTER TABLE "user" ADD COLUMN "reach" text;
ALTER TABLE "user" ADD COLUMN "disabledAt" integer;

-- One-time links with which an account gets its password; kept as hashes.
CREATE TABLE access_links (
  hash BLOB PRIMARY KEY,
  user TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  purpose TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Of the accounts library, as its own migration prints it.
ALTER TABLE "user" ADD COLUMN "twoFactorEnabled" integer;
CREATE TABLE "twoFactor" (
  "id" text NOT NULL PRIMARY KEY, "secret" text NOT NULL, "backupCodes" text NOT NULL,
  "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE, "verified" integer,
  "failedVerificationCount" integer, "lockedUntil" date
);
CREATE INDEX "twoFactor_secret_idx" ON "twoFactor" ("secret");
CREATE INDEX "twoFactor_userId_idx" ON "twoFactor" ("userId");
