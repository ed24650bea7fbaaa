-- Roll-ups of hours, days and thirds that are still going on, apart from the years in buckets: a commit then writes a few
-- neighbouring pages, where it would write one for each touchpoint and level. When an hour is over, its rows move there.
CREATE TABLE open_buckets (
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

-- What counts is the sum of both.
CREATE VIEW counts AS SELECT * FROM buckets UNION ALL SELECT * FROM open_buckets;
