-- Roll-ups of a third of a month (days 1 to 10, 11 to 20, the rest) instead of a whole one: the days at the edges of a
-- period are fewer. A reader keeps them in memory; the version says what it has to read anew.
CREATE TABLE third_versions (third INTEGER PRIMARY KEY, version INTEGER NOT NULL);

DELETE FROM buckets WHERE level IN (2, 5);
INSERT INTO buckets
SELECT level + 1, placement,
  (strftime('%Y', start * 86400, 'unixepoch') * 12 + strftime('%m', start * 86400, 'unixepoch') - 1) * 3
    + min(2, (strftime('%d', start * 86400, 'unixepoch') - 1) / 10) AS third,
  product, language, marked,
  sum(g1), sum(g2), sum(g3), sum(g4), sum(g5), sum(g6), sum(g7), sum(g8), sum(g9), sum(g10), sum(s1), sum(s2), sum(s3), sum(s4), sum(s5)
FROM buckets WHERE level IN (1, 4)
GROUP BY level, placement, third, product, language, marked;

INSERT INTO third_versions SELECT DISTINCT start, 1 FROM buckets WHERE level = 5;
