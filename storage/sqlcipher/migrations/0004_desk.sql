-- Version 4. What a member said about when they work, and what they keep sealed for themself; and the cases
-- in which a legal term may have passed, found without reading the others.

CREATE TABLE member_records (
  member_id INTEGER NOT NULL REFERENCES members (id),
  kind      INTEGER NOT NULL,                                           -- storage::RecordKind
  number    INTEGER NOT NULL,                                           -- the record's own, growing
  bytes     BLOB    NOT NULL,                                           -- as sent
  PRIMARY KEY (member_id, kind)
) STRICT;

CREATE INDEX cases_unmet ON cases (handle)
  WHERE expects_answer = 1 AND (acknowledged_day = 0 OR feedback_day = 0);
