-- Settings ---------------------------------------------------------------------------------------------------------
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE channels (key TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE touchpoints (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  channel TEXT NOT NULL REFERENCES channels,
  scale TEXT NOT NULL,
  origins TEXT NOT NULL,
  trial INTEGER NOT NULL,
  retired INTEGER NOT NULL,
  method INTEGER NOT NULL,
  position INTEGER NOT NULL
) WITHOUT ROWID;

-- Where a touchpoint stood, from a day on (days since 1970-01-01, Amsterdam).
CREATE TABLE locations (
  touchpoint TEXT NOT NULL REFERENCES touchpoints,
  since INTEGER NOT NULL,
  location TEXT,
  PRIMARY KEY (touchpoint, since)
) WITHOUT ROWID;

CREATE TABLE methods (
  id INTEGER PRIMARY KEY,
  touchpoint TEXT NOT NULL,
  label TEXT NOT NULL,
  UNIQUE (touchpoint, label)
);

-- One touchpoint at one location with one method version: what counts belong to.
CREATE TABLE placements (
  id INTEGER PRIMARY KEY,
  touchpoint TEXT NOT NULL REFERENCES touchpoints,
  location TEXT NOT NULL,
  method INTEGER NOT NULL REFERENCES methods,
  UNIQUE (touchpoint, location, method)
);

CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  upl TEXT,
  retired INTEGER NOT NULL
);

-- position: place among the languages that are offered; null when it is offered no longer.
CREATE TABLE languages (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, position INTEGER);

CREATE TABLE targets (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  year INTEGER NOT NULL,
  grade REAL NOT NULL,
  PRIMARY KEY (scope, key, year)
) WITHOUT ROWID;

CREATE TABLE indicators (key TEXT PRIMARY KEY, content TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;

-- Ratings ----------------------------------------------------------------------------------------------------------
-- at in milliseconds UTC, the two others after it (small numbers take little room); product and language 0 is none; marks are the bits of the storage port.
CREATE TABLE ratings (
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  placement INTEGER NOT NULL,
  grade INTEGER,
  smiley INTEGER,
  product INTEGER NOT NULL,
  language INTEGER NOT NULL,
  form INTEGER,
  at INTEGER NOT NULL,
  received_after INTEGER NOT NULL,
  given_after INTEGER,
  marks INTEGER NOT NULL,
  answers TEXT,
  CHECK ((grade BETWEEN 1 AND 10 AND smiley IS NULL) OR (grade IS NULL AND smiley BETWEEN 1 AND 5))
);

-- at and placement as in ratings: comments are looked up by period.
CREATE TABLE comments (
  seq INTEGER PRIMARY KEY REFERENCES ratings,
  at INTEGER NOT NULL,
  placement INTEGER NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX comments_by_time ON comments (at, placement);

-- What was posted first, kept from the first addition on: a repeated post is compared with it.
CREATE TABLE first_posts (
  seq INTEGER PRIMARY KEY REFERENCES ratings,
  grade INTEGER,
  smiley INTEGER,
  answers TEXT,
  comment TEXT
);

-- Aggregates -------------------------------------------------------------------------------------------------------
-- level: see levels.ts; start: slot, day or month of it; g1 … g10 asked grades, s1 … s5 smileys.
CREATE TABLE buckets (
  level INTEGER NOT NULL,
  placement INTEGER NOT NULL,
  start INTEGER NOT NULL,
  product INTEGER NOT NULL,
  language INTEGER NOT NULL,
  marked INTEGER NOT NULL,
  g1 INTEGER NOT NULL, g2 INTEGER NOT NULL, g3 INTEGER NOT NULL, g4 INTEGER NOT NULL, g5 INTEGER NOT NULL,
  g6 INTEGER NOT NULL, g7 INTEGER NOT NULL, g8 INTEGER NOT NULL, g9 INTEGER NOT NULL, g10 INTEGER NOT NULL,
  s1 INTEGER NOT NULL, s2 INTEGER NOT NULL, s3 INTEGER NOT NULL, s4 INTEGER NOT NULL, s5 INTEGER NOT NULL,
  PRIMARY KEY (level, placement, start, product, language, marked)
) WITHOUT ROWID;

-- One row per commit that moved a figure; deltas is null when it is too much to tell.
CREATE TABLE changes (sequence INTEGER PRIMARY KEY AUTOINCREMENT, deltas TEXT);

-- Access -----------------------------------------------------------------------------------------------------------
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  scope TEXT,
  hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
);

CREATE TABLE setup_links (hash BLOB PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;

-- The tables below are those of the accounts library (better-auth), as its own migration prints them.
CREATE TABLE "user" (
  "id" text NOT NULL PRIMARY KEY, "name" text NOT NULL, "email" text NOT NULL UNIQUE, "emailVerified" integer NOT NULL,
  "image" text, "createdAt" date NOT NULL, "updatedAt" date NOT NULL, "role" text NOT NULL
);
CREATE TABLE "session" (
  "id" text NOT NULL PRIMARY KEY, "expiresAt" date NOT NULL, "token" text NOT NULL UNIQUE, "createdAt" date NOT NULL,
  "updatedAt" date NOT NULL, "ipAddress" text, "userAgent" text,
  "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
);
CREATE TABLE "account" (
  "id" text NOT NULL PRIMARY KEY, "accountId" text NOT NULL, "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE, "accessToken" text, "refreshToken" text,
  "idToken" text, "accessTokenExpiresAt" date, "refreshTokenExpiresAt" date, "scope" text, "password" text,
  "createdAt" date NOT NULL, "updatedAt" date NOT NULL
);
CREATE TABLE "verification" (
  "id" text NOT NULL PRIMARY KEY, "identifier" text NOT NULL, "value" text NOT NULL, "expiresAt" date NOT NULL,
  "createdAt" date NOT NULL, "updatedAt" date NOT NULL
);
CREATE INDEX "session_userId_idx" ON "session" ("userId");
CREATE INDEX "account_userId_idx" ON "account" ("userId");
CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");

-- Alarms -----------------------------------------------------------------------------------------------------------
-- What the watch over the grades knows between two ratings, as it wrote it itself; one row.
CREATE TABLE watch (id INTEGER PRIMARY KEY CHECK (id = 1), content TEXT NOT NULL);

-- Times in milliseconds UTC, the reference in days; one place has at most one open signal.
CREATE TABLE signals (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  since INTEGER NOT NULL,
  mean_before REAL NOT NULL,
  n_before INTEGER NOT NULL,
  mean_since REAL NOT NULL,
  n_since INTEGER NOT NULL,
  evidence REAL NOT NULL,
  threshold REAL NOT NULL,
  base_from INTEGER NOT NULL,
  base_to INTEGER NOT NULL,
  settled_at INTEGER
);
CREATE UNIQUE INDEX signals_open ON signals (scope, key) WHERE settled_at IS NULL;
