-- What a touchpoint asks, from an instant on (milliseconds UTC; 0 for the first). A version never changes.
CREATE TABLE questionnaires (
  touchpoint TEXT NOT NULL REFERENCES touchpoints,
  version INTEGER NOT NULL,
  valid_from INTEGER NOT NULL,
  method INTEGER NOT NULL REFERENCES methods,
  content TEXT NOT NULL,
  PRIMARY KEY (touchpoint, version)
) WITHOUT ROWID;

-- Tablets; their tokens are in tokens, with the scope device:<id>. Times in milliseconds UTC.
CREATE TABLE devices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  touchpoint TEXT NOT NULL REFERENCES touchpoints,
  created_at INTEGER NOT NULL,
  retired_at INTEGER,
  idle_seconds INTEGER NOT NULL,
  opening_hours TEXT NOT NULL,
  pin TEXT,
  last_seen INTEGER,
  heartbeat TEXT,
  silent_since INTEGER
);

-- Where a device ever stood: what it kept from there may still arrive.
CREATE TABLE device_places (
  device INTEGER NOT NULL REFERENCES devices,
  touchpoint TEXT NOT NULL REFERENCES touchpoints,
  PRIMARY KEY (device, touchpoint)
) WITHOUT ROWID;

-- Why a rating was taken out of the figures, and by whom.
CREATE TABLE voids (
  seq INTEGER PRIMARY KEY REFERENCES ratings ON DELETE CASCADE,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL
);

CREATE INDEX ratings_on_trial ON ratings (placement) WHERE marks & 8;
