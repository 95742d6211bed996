-- What a 经办 key sent and a 审核 key has yet to release, where the plan asks for that. Append-only, as
-- all that arrives; a draft is open until draft_decision names it. totals: of the receipt that was given,
-- so that a list needs no texts.
CREATE TABLE draft (
  id TEXT NOT NULL PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  actor_id TEXT NOT NULL REFERENCES actor (id),
  key_id TEXT NOT NULL,
  idem_key TEXT NOT NULL,
  path TEXT NOT NULL,
  body_sha256 TEXT NOT NULL CHECK (length(body_sha256) = 64),
  at TEXT NOT NULL,
  totals TEXT NOT NULL CHECK (json_valid(totals))
) STRICT;
CREATE UNIQUE INDEX draft_once ON draft (actor_id, idem_key);
CREATE INDEX draft_plan ON draft (plan_id, actor_id);

-- Body and answer in pieces from n = 0 on.
CREATE TABLE draft_chunk (
  draft_id TEXT NOT NULL REFERENCES draft (id),
  part TEXT NOT NULL CHECK (part IN ('body', 'result')),
  n INTEGER NOT NULL CHECK (n >= 0),
  text TEXT NOT NULL,
  PRIMARY KEY (draft_id, part, n)
) STRICT;

-- 'superseded': a later draft of the same key holds all of it. submission_id: what the release made.
-- key_id: the key that decided; for a superseded draft the one that sent both.
CREATE TABLE draft_decision (
  draft_id TEXT NOT NULL PRIMARY KEY REFERENCES draft (id),
  kind TEXT NOT NULL CHECK (kind IN ('released', 'returned', 'superseded')),
  submission_id TEXT REFERENCES submission (id),
  reason TEXT,
  key_id TEXT NOT NULL,
  at TEXT NOT NULL,
  CHECK ((kind = 'released') = (submission_id IS NOT NULL)),
  CHECK ((kind = 'returned') = (reason IS NOT NULL))
) STRICT;

-- An idempotency key stands for one request, whether that became a draft or a submission.
CREATE TRIGGER draft_insert BEFORE INSERT ON draft
WHEN EXISTS (SELECT 1 FROM draft WHERE id = NEW.id OR (actor_id = NEW.actor_id AND idem_key = NEW.idem_key))
  OR EXISTS (SELECT 1 FROM submission WHERE actor_id = NEW.actor_id AND idem_key = NEW.idem_key AND status = 'accepted')
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER submission_drafted BEFORE INSERT ON submission
WHEN NEW.status = 'accepted' AND EXISTS (
  SELECT 1 FROM draft WHERE actor_id = NEW.actor_id AND idem_key = NEW.idem_key)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Texts alone may change, in a line that is being erased (0004).
CREATE TRIGGER draft_update BEFORE UPDATE ON draft
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'draft' AND line = OLD.rowid)
  OR (NEW.rowid, NEW.id, NEW.plan_id, NEW.actor_id, NEW.key_id, NEW.idem_key, NEW.path, NEW.at, NEW.totals)
    IS NOT (OLD.rowid, OLD.id, OLD.plan_id, OLD.actor_id, OLD.key_id, OLD.idem_key, OLD.path, OLD.at, OLD.totals)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_delete BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_chunk_insert BEFORE INSERT ON draft_chunk
WHEN EXISTS (SELECT 1 FROM draft_chunk WHERE draft_id = NEW.draft_id AND part = NEW.part AND n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Texts alone may change, in a line that is being erased (0004).
CREATE TRIGGER draft_chunk_update BEFORE UPDATE ON draft_chunk
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'draft_chunk' AND line = OLD.rowid)
  OR (NEW.rowid, NEW.draft_id, NEW.part, NEW.n)
    IS NOT (OLD.rowid, OLD.draft_id, OLD.part, OLD.n)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_chunk_delete BEFORE DELETE ON draft_chunk BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_decision_insert BEFORE INSERT ON draft_decision
WHEN EXISTS (SELECT 1 FROM draft_decision WHERE draft_id = NEW.draft_id)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
-- Texts alone may change, in a line that is being erased (0004).
CREATE TRIGGER draft_decision_update BEFORE UPDATE ON draft_decision
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE tbl = 'draft_decision' AND line = OLD.rowid)
  OR (NEW.rowid, NEW.draft_id, NEW.kind, NEW.submission_id, NEW.key_id, NEW.at)
    IS NOT (OLD.rowid, OLD.draft_id, OLD.kind, OLD.submission_id, OLD.key_id, OLD.at)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_decision_delete BEFORE DELETE ON draft_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
