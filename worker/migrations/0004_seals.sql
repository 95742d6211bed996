-- The hash chain over the record. Each seal covers what was recorded since the one before, and holds its
-- hash; so whoever has kept one line on paper can tell whether anything before it was changed.
-- marks: JSON, the last rowid of each sealed table that this seal covers. content_hash: over the hashes
-- of the covered lines. hash: over n, at, marks, content_hash and the hash before.
CREATE TABLE seal (
  n INTEGER NOT NULL PRIMARY KEY CHECK (n >= 1),
  at TEXT NOT NULL,
  marks TEXT NOT NULL CHECK (json_valid(marks)),
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE TRIGGER seal_insert BEFORE INSERT ON seal
WHEN EXISTS (SELECT 1 FROM seal WHERE n = NEW.n) OR NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM seal)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER seal_update BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER seal_delete BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
