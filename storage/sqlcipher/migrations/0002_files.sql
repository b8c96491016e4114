-- Version 2. An upload may be kept: it is a file of an entry then, and stays as long as that entry's
-- payload. What has arrived is counted in the upload's row, so that telling it costs the same for one
-- chunk and for seven thousand.

ALTER TABLE uploads ADD COLUMN stored INTEGER NOT NULL DEFAULT 0;                         -- chunks here
ALTER TABLE uploads ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;                          -- of those
ALTER TABLE uploads ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1));    -- a file
UPDATE uploads SET
  stored = (SELECT count(*) FROM chunks WHERE upload_id = uploads.id),
  bytes = (SELECT ifnull(sum(length(chunks.bytes)), 0) FROM chunks WHERE upload_id = uploads.id);

-- Old chunks are looked for among the few uploads that are not kept, not among all there ever were.
DROP INDEX chunks_by_day;
CREATE INDEX uploads_staged ON uploads (id) WHERE kept = 0;
