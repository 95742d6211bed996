-- The hash chain over the record, and the two ways in which the record may still lose something: a
-- personal text that has to go, and refused keys of long ago. docs/decisions/009-seals-and-erasure.md

-- Each seal covers what was recorded since the one before, and holds its hash; so whoever has kept one
-- line on paper can tell whether anything before it was changed. marks: JSON, the last line of each
-- sealed table that is covered. content_hash: over the pages below but their salts. hash: over format,
-- n, at, marks, content_hash and the hash before. size: characters of the covered lines, by which a
-- verification plans its reads.
CREATE TABLE seal (
  n INTEGER NOT NULL PRIMARY KEY CHECK (n >= 1),
  format INTEGER NOT NULL,
  at TEXT NOT NULL,
  marks TEXT NOT NULL CHECK (json_valid(marks)),
  content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  size INTEGER NOT NULL
) STRICT;
CREATE TRIGGER seal_insert BEFORE INSERT ON seal
WHEN EXISTS (SELECT 1 FROM seal WHERE n = NEW.n) OR NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM seal)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER seal_update BEFORE UPDATE ON seal BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER seal_delete BEFORE DELETE ON seal BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- The lines of a seal. first, last: marks of the first and the last of them. ids: JSON list. leaves: their hashes, 64 hex digits each, in the order of ids.
-- salts: 32 hex digits each, drawn when they are sealed; without its salt a hash tells nothing about a
-- short text, so an erased line gets another one.
CREATE TABLE seal_page (
  n INTEGER NOT NULL REFERENCES seal (n),
  tbl TEXT NOT NULL,
  page INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  ids TEXT NOT NULL CHECK (json_valid(ids)),
  salts TEXT NOT NULL,
  leaves TEXT NOT NULL,
  PRIMARY KEY (n, tbl, page)
) STRICT;
CREATE INDEX seal_page_lines ON seal_page (tbl, last);

-- ---- erasing ------------------------------------------------------------------------------------

-- One line for each line of the record in which a text was blacked out. line: its rowid. Leaves are NULL
-- where no seal covered it yet. act: the request that did it.
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY,
  act TEXT NOT NULL,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  tbl TEXT NOT NULL,
  line INTEGER NOT NULL,
  old_leaf TEXT CHECK (length(old_leaf) = 64),
  new_leaf TEXT CHECK (length(new_leaf) = 64),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX erasure_plan ON erasure (plan_id);
CREATE TRIGGER erasure_insert BEFORE INSERT ON erasure
WHEN EXISTS (SELECT 1 FROM erasure WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER erasure_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER erasure_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Always empty, as guard: the lines that the running batch may change, each with its erasure.
CREATE TABLE erasing (
  tbl TEXT NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (tbl, line)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER erasing_insert BEFORE INSERT ON erasing
WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE tbl = NEW.tbl AND line = NEW.line AND act =
  (SELECT act FROM erasure ORDER BY id DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER seal_page_insert BEFORE INSERT ON seal_page
WHEN EXISTS (SELECT 1 FROM seal_page WHERE n = NEW.n AND tbl = NEW.tbl AND page = NEW.page)
  OR NEW.n <> (SELECT max(n) FROM seal)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER seal_page_update BEFORE UPDATE ON seal_page
WHEN NOT EXISTS (SELECT 1 FROM erasing e, json_each(OLD.ids) i WHERE e.tbl = OLD.tbl AND e.line = i.value)
  OR (NEW.n, NEW.tbl, NEW.page, NEW.first, NEW.last, NEW.ids, NEW.leaves, length(NEW.salts))
    IS NOT (OLD.n, OLD.tbl, OLD.page, OLD.first, OLD.last, OLD.ids, OLD.leaves, length(OLD.salts))
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER seal_page_delete BEFORE DELETE ON seal_page BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Texts, and nothing else, may change in a line that is being erased.
DROP TRIGGER row_event_update;
CREATE TRIGGER row_event_update BEFORE UPDATE ON row_event
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'row_event' AND line = OLD.rowid)
  OR (NEW.rowid, NEW.sheet_id, NEW.row_id, NEW.seq, NEW.kind, NEW.actor_id, NEW.order_key, NEW.spans_confirmed, NEW.deleted)
    IS NOT (OLD.rowid, OLD.sheet_id, OLD.row_id, OLD.seq, OLD.kind, OLD.actor_id, OLD.order_key, OLD.spans_confirmed, OLD.deleted)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;

DROP TRIGGER submission_update;
CREATE TRIGGER submission_update BEFORE UPDATE ON submission
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'submission' AND line = OLD.rowid)
  OR (NEW.rowid, NEW.id, NEW.plan_id, NEW.sheet_id, NEW.kind, NEW.path, NEW.actor_id, NEW.key_id, NEW.idem_key,
      NEW.at, NEW.day, NEW.day_no, NEW.status, NEW.commit_seq, NEW.row_outcomes, NEW.totals)
    IS NOT (OLD.rowid, OLD.id, OLD.plan_id, OLD.sheet_id, OLD.kind, OLD.path, OLD.actor_id, OLD.key_id, OLD.idem_key,
      OLD.at, OLD.day, OLD.day_no, OLD.status, OLD.commit_seq, OLD.row_outcomes, OLD.totals)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;

DROP TRIGGER submission_chunk_update;
CREATE TRIGGER submission_chunk_update BEFORE UPDATE ON submission_chunk
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'submission_chunk' AND line = OLD.rowid)
  OR (NEW.rowid, NEW.submission_id, NEW.part, NEW.n) IS NOT (OLD.rowid, OLD.submission_id, OLD.part, OLD.n)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;

DROP TRIGGER conflict_update;
CREATE TRIGGER conflict_update BEFORE UPDATE ON conflict
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'conflict' AND line = OLD.rowid)
  OR (NEW.rowid, NEW.id, NEW.sheet_id, NEW.row_id, NEW.kind, NEW.col, NEW.columns, NEW.base_ver, NEW.submission_id,
      NEW.submitted_by, NEW.head_by, NEW.at)
    IS NOT (OLD.rowid, OLD.id, OLD.sheet_id, OLD.row_id, OLD.kind, OLD.col, OLD.columns, OLD.base_ver, OLD.submission_id,
      OLD.submitted_by, OLD.head_by, OLD.at)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;

DROP TRIGGER conflict_resolution_update;
CREATE TRIGGER conflict_resolution_update BEFORE UPDATE ON conflict_resolution
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'conflict_resolution' AND line = OLD.rowid)
  OR (NEW.rowid, NEW.conflict_id, NEW.seq, NEW.actor_id, NEW.choice, NEW.at)
    IS NOT (OLD.rowid, OLD.conflict_id, OLD.seq, OLD.actor_id, OLD.choice, OLD.at)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;

DROP TRIGGER annotation_update;
CREATE TRIGGER annotation_update BEFORE UPDATE ON annotation
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'annotation' AND line = OLD.id)
  OR (NEW.id, NEW.sheet_id, NEW.row_id, NEW.col, NEW.kind, NEW.code, NEW.actor_id, NEW.submission_id, NEW.at)
    IS NOT (OLD.id, OLD.sheet_id, OLD.row_id, OLD.col, OLD.kind, OLD.code, OLD.actor_id, OLD.submission_id, OLD.at)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;

DROP TRIGGER plan_change_update;
CREATE TRIGGER plan_change_update BEFORE UPDATE ON plan_change
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'plan_change' AND line = OLD.seq)
  OR (NEW.seq, NEW.kind, NEW.document_number, NEW.effective_period, NEW.effective_on)
    IS NOT (OLD.seq, OLD.kind, OLD.document_number, OLD.effective_period, OLD.effective_on)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- ---- keeping ------------------------------------------------------------------------------------

-- Refused keys may go after 180 days by the database's own clock, nothing else, and never the last line:
-- the next one would get its number.
DROP TRIGGER auth_event_delete;
CREATE TRIGGER auth_event_delete BEFORE DELETE ON auth_event
WHEN OLD.kind NOT IN ('key-refused', 'key-locked')
  OR OLD.at >= strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-180 days')
  OR OLD.id = (SELECT max(id) FROM auth_event)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
