-- Answers are looked up by age: those in words go when comments go.
CREATE INDEX ratings_answered ON ratings (at) WHERE answers IS NOT NULL;
