-- Answers are looked up by age: those in words go when comments go.
CREATE INDEX ratings_answered_at ON ratings (at) WHERE answers IS NOT NULL;
