-- What a 经办 key sent and a 审核 key has yet to release, where the plan asks for that. Append-only, as
-- all that arrives; a draft is open until draft_decision names it.
CREATE TABLE draft (
  id TEXT NOT NULL PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  actor_id TEXT NOT NULL REFERENCES actor (id),
  key_id TEXT NOT NULL,
  idem_key TEXT NOT NULL,
  path TEXT NOT NULL,
  body_sha256 TEXT NOT NULL CHECK (length(body_sha256) = 64),
  at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX draft_once ON draft (actor_id, idem_key);
CREATE INDEX draft_plan ON draft (plan_id, actor_id);

-- Body and answer in pieces, as submission_chunk.
CREATE TABLE draft_chunk (
  draft_id TEXT NOT NULL REFERENCES draft (id),
  part TEXT NOT NULL CHECK (part IN ('body', 'result')),
  n INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (draft_id, part, n)
) STRICT;

-- 'superseded': a later draft of the same key holds all of it. submission_id: what the release made.
CREATE TABLE draft_decision (
  draft_id TEXT NOT NULL PRIMARY KEY REFERENCES draft (id),
  kind TEXT NOT NULL CHECK (kind IN ('released', 'returned', 'superseded')),
  submission_id TEXT REFERENCES submission (id),
  reason TEXT,
  key_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TRIGGER draft_insert BEFORE INSERT ON draft
WHEN EXISTS (SELECT 1 FROM draft WHERE id = NEW.id OR (actor_id = NEW.actor_id AND idem_key = NEW.idem_key))
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_update BEFORE UPDATE ON draft BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_delete BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_chunk_insert BEFORE INSERT ON draft_chunk
WHEN EXISTS (SELECT 1 FROM draft_chunk WHERE draft_id = NEW.draft_id AND part = NEW.part AND n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_chunk_update BEFORE UPDATE ON draft_chunk BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_chunk_delete BEFORE DELETE ON draft_chunk BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_decision_insert BEFORE INSERT ON draft_decision
WHEN EXISTS (SELECT 1 FROM draft_decision WHERE draft_id = NEW.draft_id)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_decision_update BEFORE UPDATE ON draft_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER draft_decision_delete BEFORE DELETE ON draft_decision BEGIN SELECT RAISE(ABORT, 'append_only'); END;
