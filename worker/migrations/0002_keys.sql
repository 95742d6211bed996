-- Keys that end by themselves, that reach some rows only, that are replaced without a gap, and whose
-- guessing is stopped. What the columns mean: docs/storage.md, "Who".

-- duty: 'reviewer' (审核) may do all that its actor may; 'handler' (经办) may save what a reviewer
-- releases where the plan asks for that. rows: JSON list of row ids that the key may write, of the plan
-- rows_of, because an id is one row only within its plan; NULL: all of its actor's. expires_at: first
-- moment at which the key no longer works.
ALTER TABLE access_key ADD COLUMN duty TEXT NOT NULL DEFAULT 'reviewer';
ALTER TABLE access_key ADD COLUMN rows TEXT CHECK (rows IS NULL OR json_valid(rows));
ALTER TABLE access_key ADD COLUMN rows_of TEXT REFERENCES plan (id) CHECK ((rows_of IS NULL) = (rows IS NULL));
ALTER TABLE access_key ADD COLUMN expires_at TEXT;
ALTER TABLE access_key ADD COLUMN replaced_by TEXT REFERENCES access_key (id);
-- Kept to the hour: enough to see which keys are in use, without a write for each request.
ALTER TABLE access_key ADD COLUMN last_used_at TEXT;
CREATE INDEX access_key_actor ON access_key (actor_id);

CREATE TRIGGER access_key_word BEFORE INSERT ON access_key
WHEN NEW.duty NOT IN ('handler', 'reviewer')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;

-- Wrong keys, counted for each key and source together, so that nobody can lock a unit out of its own
-- key. key_id is '' for ids that do not exist; source is an HMAC of the network address.
CREATE TABLE auth_failure (
  key_id TEXT NOT NULL,
  source TEXT NOT NULL,
  since TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 1),
  PRIMARY KEY (key_id, source)
) STRICT, WITHOUT ROWID;
-- Old ones are removed with every new one.
CREATE INDEX auth_failure_since ON auth_failure (since);

-- Every privileged act, not only those on keys. key_id: the key that it was done to, or '' ; by_key: the
-- key that it was done with; county: whose record it belongs to; detail: JSON, never a secret or a text
-- of a cell. Guesses at keys that do not exist stand under the admin, whose deployment they concern.
ALTER TABLE auth_event ADD COLUMN by_key TEXT;
ALTER TABLE auth_event ADD COLUMN county TEXT;
ALTER TABLE auth_event ADD COLUMN detail TEXT CHECK (detail IS NULL OR json_valid(detail));
-- A refused key is recorded once in a while, so the last record of it is looked for.
CREATE INDEX auth_event_key ON auth_event (key_id, at);

DROP TRIGGER auth_event_word;
CREATE TRIGGER auth_event_word BEFORE INSERT ON auth_event
WHEN NEW.kind NOT IN ('key-issued', 'key-revoked', 'key-rotated', 'key-refused', 'key-locked',
  'record-exported', 'record-pruned', 'text-erased')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;

-- More reasons for a batch to fail, each by its name.
ALTER TABLE guard ADD COLUMN key_current INTEGER NOT NULL DEFAULT 1 CONSTRAINT expired_key CHECK (key_current = 1);
ALTER TABLE guard ADD COLUMN key_active INTEGER NOT NULL DEFAULT 1 CONSTRAINT inactive_key CHECK (key_active = 1);
ALTER TABLE guard ADD COLUMN admin_left INTEGER NOT NULL DEFAULT 1 CONSTRAINT last_admin_key CHECK (admin_left = 1);
