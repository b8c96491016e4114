-- Version 3. Two things that outlive a file beside the store. Each table has one row or none.

-- The newest version of the directory that was in force here: an older file put in its place is noticed.
CREATE TABLE directory_seen (
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL,
  hash    BLOB    NOT NULL CHECK (length(hash) = 32)                    -- of the SignedDirectory
) STRICT;

-- Under which key PATH.tombstones names destroyed cases, where that is no longer the data key's: the file
-- holds MACs alone, so nobody could write it again under another. Empty until the data key is changed.
CREATE TABLE tombstone_keys (
  id  INTEGER PRIMARY KEY CHECK (id = 1),
  key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;
