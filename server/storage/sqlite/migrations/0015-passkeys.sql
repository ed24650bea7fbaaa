-- Passkeys with which somebody comes in: the public half only. The id is the authenticator's own, in base64url.
CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  user TEXT NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE,
  name TEXT NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) WITHOUT ROWID;
CREATE INDEX passkeys_by_user ON passkeys (user);
