-- In which language an account gets its mail.
ALTER TABLE mail_wishes ADD COLUMN language TEXT NOT NULL DEFAULT 'nl';

-- What an account was mailed about, written with the mail itself; times in milliseconds UTC.
CREATE TABLE mail_told (
  account TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, subject)
) WITHOUT ROWID;
