-- Version 1. Rules for every table here:
--   * plain rowid tables, looked up through small indexes, so that appending writes at the end;
--   * a large blob never stands in a row that is updated;
--   * days (whole days since 1970-01-01, UTC) and never times; a day of 0: has not happened;
--   * columns in bytes unless the comment says otherwise; numbers are unsigned 64-bit kept as SQLite's
--     signed ones, bit by bit.
-- What the gateway can read of all this is listed in the protocol, section 8: nothing here is more.

PRAGMA application_id = 1330469454;  -- "OMZN": this file is ours

-- One row a case, small, updated with every entry.
CREATE TABLE cases (
  id             INTEGER PRIMARY KEY,                                   -- the case's number in this file
  handle         BLOB    NOT NULL UNIQUE CHECK (length(handle) = 32),
  head_seq       INTEGER NOT NULL,                                      -- the last entry
  head_hash      BLOB    NOT NULL CHECK (length(head_hash) = 32),
  opened_day     INTEGER NOT NULL,
  head_day       INTEGER NOT NULL,                                      -- the last entry's
  acknowledged_day INTEGER NOT NULL,                                    -- milestones, first reached
  feedback_day   INTEGER NOT NULL,
  outcome_day    INTEGER NOT NULL,
  expects_answer INTEGER NOT NULL CHECK (expects_answer IN (0, 1)),     -- the legal terms run
  urgent         INTEGER NOT NULL CHECK (urgent IN (0, 1)),
  last_by_owner  INTEGER NOT NULL CHECK (last_by_owner IN (0, 1)),      -- who wrote the last entry
  bytes          INTEGER NOT NULL,                                      -- stored for the case, for quotas
  member_day     INTEGER NOT NULL,                                      -- the day member_appends counts
  member_appends INTEGER NOT NULL                                       -- entries by members on that day
) STRICT;

-- The case share: apart from all else, destroyed first at a withdrawal.
CREATE TABLE case_shares (
  case_id INTEGER PRIMARY KEY REFERENCES cases (id),
  share   BLOB NOT NULL CHECK (length(share) = 32)
) STRICT;

-- The log. Rows are written once; destroying a payload sets it to NULL and leaves the rest. The payload
-- stands last, so that reading headers does not touch its pages.
CREATE TABLE entries (
  id        INTEGER PRIMARY KEY,
  case_id   INTEGER NOT NULL REFERENCES cases (id),
  seq       INTEGER NOT NULL,                                           -- from 0
  hash      BLOB    NOT NULL CHECK (length(hash) = 32),                 -- of header and signature
  signature BLOB    NOT NULL CHECK (length(signature) = 64),
  header    BLOB    NOT NULL,                                           -- as sent
  payload   BLOB                                                        -- as sent; NULL: destroyed
) STRICT;
CREATE UNIQUE INDEX entries_by_case ON entries (case_id, seq);

-- Uploads that have not become a payload. They may come before their case, so they name its handle.
CREATE TABLE uploads (
  id        INTEGER PRIMARY KEY,
  handle    BLOB    NOT NULL CHECK (length(handle) = 32),
  upload    BLOB    NOT NULL CHECK (length(upload) = 16),               -- chosen by the client
  count     INTEGER NOT NULL,                                           -- chunks it will have
  UNIQUE (handle, upload)
) STRICT;
CREATE TABLE chunks (
  id        INTEGER PRIMARY KEY,
  upload_id INTEGER NOT NULL REFERENCES uploads (id),
  number    INTEGER NOT NULL,                                           -- from 0, below uploads.count
  day       INTEGER NOT NULL,                                           -- it was staged
  bytes     BLOB    NOT NULL                                            -- as sent
) STRICT;
CREATE UNIQUE INDEX chunks_by_upload ON chunks (upload_id, number);
CREATE INDEX chunks_by_day ON chunks (day);

-- Members that were ever granted something or published a key; the short number keeps indexes small.
CREATE TABLE members (
  id     INTEGER PRIMARY KEY,
  member BLOB NOT NULL UNIQUE CHECK (length(member) = 16)
) STRICT;

-- Inboxes: which cases a member was let into. The row's id is member_id × 2^32 + position, so an inbox is
-- one run of rows; position counts from 1 within it, and a new one stands after the last.
CREATE TABLE links (
  id        INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES members (id),
  case_id   INTEGER NOT NULL REFERENCES cases (id),
  dormant   INTEGER NOT NULL CHECK (dormant IN (0, 1)),                 -- not served until released
  CHECK (id >> 32 = member_id)
) STRICT;
CREATE UNIQUE INDEX links_by_case ON links (case_id, member_id);

-- The newest certificate of a member's X-Wing key.
CREATE TABLE certificates (
  member_id   INTEGER PRIMARY KEY REFERENCES members (id),
  number      INTEGER NOT NULL,                                         -- the certificate's own, growing
  certificate BLOB    NOT NULL                                          -- as sent
) STRICT;

-- What unanswered cases have cost on a day (protocol, section 5).
CREATE TABLE day_budgets (
  day          INTEGER PRIMARY KEY,
  cases_opened INTEGER NOT NULL,
  bytes        INTEGER NOT NULL
) STRICT;
