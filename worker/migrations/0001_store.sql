-- The store of one deployment: who, which plans, and every change of every row. docs/storage.md
-- says why each table is there. Times are UTC, ISO 8601; `day` is the date in Beijing.
--
-- A released migration never changes, and SQLite cannot alter a CHECK or a UNIQUE of a table. So
-- lists of words that later forms and steps will lengthen (roles, kinds, forms) are checked by
-- triggers, and uniqueness that may loosen is an index: both can be dropped and made anew.

-- ---- who ----------------------------------------------------------------------------------------

-- registry_ver rises with every change of the county's units, aliases and groups.
CREATE TABLE county (
  name TEXT NOT NULL PRIMARY KEY,
  registry_ver INTEGER NOT NULL CHECK (registry_ver >= 1)
) STRICT;

CREATE TABLE unit (
  county TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  successor TEXT CHECK (successor <> ''),
  PRIMARY KEY (county, id)
) STRICT;
CREATE UNIQUE INDEX unit_name ON unit (county, name);

CREATE TABLE unit_alias (
  county TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  alias TEXT NOT NULL,
  former INTEGER NOT NULL CHECK (former IN (0, 1)),
  PRIMARY KEY (county, unit_id, alias),
  FOREIGN KEY (county, unit_id) REFERENCES unit (county, id)
) STRICT;

-- members: JSON list of unit names; NULL where the county never listed them.
CREATE TABLE unit_group (
  county TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL CHECK (json_valid(aliases)),
  members TEXT CHECK (members IS NULL OR json_valid(members)),
  PRIMARY KEY (county, name)
) STRICT;

-- county is '*' for the admin of the deployment.
CREATE TABLE actor (
  id TEXT NOT NULL PRIMARY KEY,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  county TEXT NOT NULL,
  unit_id TEXT,
  CHECK ((role = 'unit') = (unit_id IS NOT NULL)),
  FOREIGN KEY (county, unit_id) REFERENCES unit (county, id)
) STRICT;
CREATE UNIQUE INDEX actor_once ON actor (county, role, coalesce(unit_id, ''));

-- Only a key's HMAC is kept. post: 科室岗位, never a person's name.
CREATE TABLE access_key (
  id TEXT NOT NULL PRIMARY KEY,
  actor_id TEXT NOT NULL REFERENCES actor (id),
  hmac TEXT NOT NULL CHECK (length(hmac) = 64),
  post TEXT NOT NULL,
  created_at TEXT NOT NULL,
  revoked_at TEXT
) STRICT;

CREATE TABLE auth_event (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  key_id TEXT NOT NULL,
  -- Who did it; for a refused key, whose key it is.
  actor_id TEXT NOT NULL REFERENCES actor (id),
  request_id TEXT NOT NULL
) STRICT;

-- ---- plans --------------------------------------------------------------------------------------

-- layout: JSON of titleLines, periods and columns, from which the spec follows.
CREATE TABLE plan (
  id TEXT NOT NULL PRIMARY KEY,
  county TEXT NOT NULL,
  year INTEGER NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('collecting', 'issued', 'archived')),
  document_number TEXT,
  issued_on TEXT,
  layout TEXT NOT NULL CHECK (json_valid(layout)),
  created_at TEXT NOT NULL
) STRICT;

-- epoch rises with every change of scope, state or layout; commits recheck it.
CREATE TABLE sheet (
  id TEXT NOT NULL PRIMARY KEY,
  plan_id TEXT NOT NULL REFERENCES plan (id),
  form TEXT NOT NULL,
  spec_version INTEGER NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch >= 1)
) STRICT;
CREATE UNIQUE INDEX sheet_form ON sheet (plan_id, form);

-- The approved relation: who leads and supports a row, and from which commit to which (to_seq NULL:
-- still). A supporting party may be a group. Ended, never deleted: who was answerable at a date must
-- stay answerable for.
CREATE TABLE row_unit (
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  row_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'supporting')),
  position INTEGER NOT NULL,
  party TEXT NOT NULL,
  unit_id TEXT,
  from_seq INTEGER NOT NULL REFERENCES commit_log (seq),
  to_seq INTEGER REFERENCES commit_log (seq),
  CHECK (role = 'supporting' OR unit_id IS NOT NULL),
  PRIMARY KEY (sheet_id, row_id, role, position, from_seq)
) STRICT, WITHOUT ROWID;

-- ---- the log: append-only -----------------------------------------------------------------------

-- No line is ever deleted, so that each gets the highest seq so far plus one: within its batch a
-- commit is max(seq).
CREATE TABLE commit_log (
  seq INTEGER PRIMARY KEY,
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  kind TEXT NOT NULL,
  actor_id TEXT NOT NULL REFERENCES actor (id),
  key_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX commit_log_sheet ON commit_log (sheet_id, seq);

-- One event per changed row. changes: JSON of {column, old, new, spans}. order_key, spans_confirmed
-- and deleted are set by the events that change them, so that row_state can be rebuilt.
CREATE TABLE row_event (
  sheet_id TEXT NOT NULL,
  row_id TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES commit_log (seq),
  kind TEXT NOT NULL,
  actor_id TEXT NOT NULL REFERENCES actor (id),
  order_key TEXT,
  spans_confirmed INTEGER CHECK (spans_confirmed IN (0, 1)),
  deleted INTEGER CHECK (deleted IN (0, 1)),
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  UNIQUE (sheet_id, row_id, seq)
) STRICT;

-- kind 'rows' is a 报送; every other write that may be repeated (a plan, a decision, confirmed spans,
-- 印发) is kept the same way, for replay and audit. path: what the request was sent to; the same key
-- for another path is another request. sheet_id is NULL, plan_id '' where the sender may not see them.
-- body and result hold the beginning; submission_chunk the rest. row_outcomes: JSON of
-- [rowId, outcome], so that a delta of two rows writes no row for each row it names.
-- In result, version -1 stands for the commit that this submission made.
CREATE TABLE submission (
  id TEXT NOT NULL PRIMARY KEY,
  plan_id TEXT NOT NULL,
  sheet_id TEXT REFERENCES sheet (id),
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  actor_id TEXT NOT NULL REFERENCES actor (id),
  key_id TEXT NOT NULL,
  idem_key TEXT NOT NULL,
  body_sha256 TEXT NOT NULL CHECK (length(body_sha256) = 64),
  at TEXT NOT NULL,
  day TEXT NOT NULL,
  day_no INTEGER,
  status TEXT NOT NULL CHECK (status IN ('accepted', 'refused')),
  commit_seq INTEGER REFERENCES commit_log (seq),
  row_outcomes TEXT NOT NULL CHECK (json_valid(row_outcomes)),
  totals TEXT NOT NULL CHECK (json_valid(totals)),
  body TEXT NOT NULL,
  result TEXT NOT NULL
) STRICT;
-- A refused submission claims no key: the same request may succeed later.
CREATE UNIQUE INDEX submission_once ON submission (actor_id, idem_key) WHERE status = 'accepted';
CREATE UNIQUE INDEX submission_number ON submission (plan_id, day, day_no);

CREATE TABLE submission_chunk (
  submission_id TEXT NOT NULL REFERENCES submission (id),
  part TEXT NOT NULL CHECK (part IN ('body', 'result')),
  n INTEGER NOT NULL CHECK (n >= 1),
  text TEXT NOT NULL,
  PRIMARY KEY (submission_id, part, n)
) STRICT;

-- tuples: JSON of the three versions of a span conflict; proposal: what an edit against a deletion
-- changed, as in row_event. Open until conflict_resolution names it.
CREATE TABLE conflict (
  id TEXT NOT NULL PRIMARY KEY,
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  row_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cell', 'span', 'delete-edit', 'edit-delete')),
  col TEXT,
  columns TEXT CHECK (columns IS NULL OR json_valid(columns)),
  base TEXT,
  head TEXT,
  submitted TEXT,
  tuples TEXT CHECK (tuples IS NULL OR json_valid(tuples)),
  proposal TEXT CHECK (proposal IS NULL OR json_valid(proposal)),
  base_ver INTEGER NOT NULL,
  submission_id TEXT NOT NULL REFERENCES submission (id),
  submitted_by TEXT NOT NULL REFERENCES actor (id),
  head_by TEXT REFERENCES actor (id),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX conflict_row ON conflict (sheet_id, row_id);

CREATE TABLE conflict_resolution (
  conflict_id TEXT NOT NULL PRIMARY KEY REFERENCES conflict (id),
  seq INTEGER NOT NULL REFERENCES commit_log (seq),
  actor_id TEXT NOT NULL REFERENCES actor (id),
  choice TEXT NOT NULL CHECK (choice IN ('head', 'submitted', 'edited')),
  reason TEXT,
  at TEXT NOT NULL
) STRICT;

-- What somebody says about a cell or a row: for now the reason for a warning (code). It lapses when
-- the text that it was given for changes.
CREATE TABLE annotation (
  id INTEGER PRIMARY KEY,
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  row_id TEXT NOT NULL,
  col TEXT,
  kind TEXT NOT NULL,
  code TEXT,
  text TEXT NOT NULL,
  of_text TEXT,
  actor_id TEXT NOT NULL REFERENCES actor (id),
  submission_id TEXT REFERENCES submission (id),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX annotation_row ON annotation (sheet_id, row_id);

-- ---- rebuildable --------------------------------------------------------------------------------

-- ver: sequence of the last commit that changed the row. A deleted row keeps its last cells.
-- order_key sorts as text, so that there is always room between two rows.
CREATE TABLE row_state (
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  row_id TEXT NOT NULL,
  ver INTEGER NOT NULL CHECK (ver >= 1),
  order_key TEXT NOT NULL,
  spans_confirmed INTEGER NOT NULL CHECK (spans_confirmed IN (0, 1)),
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  spans TEXT NOT NULL CHECK (json_valid(spans)),
  PRIMARY KEY (sheet_id, row_id)
) STRICT;

-- A batch that inserts anything but 1 here fails as a whole; the constraint's name tells why.
-- Emptied in the same batch.
CREATE TABLE guard (
  key_live INTEGER NOT NULL DEFAULT 1 CONSTRAINT revoked_key CHECK (key_live = 1),
  scope_same INTEGER NOT NULL DEFAULT 1 CONSTRAINT changed_scope CHECK (scope_same = 1),
  row_fresh INTEGER NOT NULL DEFAULT 1 CONSTRAINT stale_row CHECK (row_fresh = 1)
) STRICT;

-- ---- words that will become more ----------------------------------------------------------------

CREATE TRIGGER actor_word BEFORE INSERT ON actor
WHEN NEW.role NOT IN ('unit', 'commission', 'supervision', 'admin')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
CREATE TRIGGER auth_event_word BEFORE INSERT ON auth_event
WHEN NEW.kind NOT IN ('key-issued', 'key-revoked', 'key-refused')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
CREATE TRIGGER sheet_word BEFORE INSERT ON sheet
WHEN NEW.form NOT IN ('breakdown')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
CREATE TRIGGER commit_log_word BEFORE INSERT ON commit_log
WHEN NEW.kind NOT IN ('plan', 'issue', 'submission', 'resolution', 'confirm')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
CREATE TRIGGER row_event_word BEFORE INSERT ON row_event
WHEN NEW.kind NOT IN ('insert', 'update', 'delete', 'resolve', 'confirm')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
CREATE TRIGGER submission_word BEFORE INSERT ON submission
WHEN NEW.kind NOT IN ('plan', 'rows', 'resolution', 'confirm', 'issue')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
CREATE TRIGGER annotation_word BEFORE INSERT ON annotation
WHEN NEW.kind NOT IN ('reason')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;

-- ---- append-only --------------------------------------------------------------------------------
-- INSERT OR REPLACE fires no DELETE trigger (recursive_triggers is off), hence the INSERT ones.

CREATE TRIGGER commit_log_insert BEFORE INSERT ON commit_log
WHEN EXISTS (SELECT 1 FROM commit_log WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER commit_log_update BEFORE UPDATE ON commit_log BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER commit_log_delete BEFORE DELETE ON commit_log BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER row_event_insert BEFORE INSERT ON row_event
WHEN EXISTS (SELECT 1 FROM row_event WHERE sheet_id = NEW.sheet_id AND row_id = NEW.row_id AND seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER row_event_update BEFORE UPDATE ON row_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER row_event_delete BEFORE DELETE ON row_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER submission_insert BEFORE INSERT ON submission
WHEN EXISTS (SELECT 1 FROM submission WHERE id = NEW.id)
  OR (NEW.status = 'accepted' AND EXISTS (
    SELECT 1 FROM submission WHERE actor_id = NEW.actor_id AND idem_key = NEW.idem_key AND status = 'accepted'))
  OR EXISTS (SELECT 1 FROM submission WHERE plan_id = NEW.plan_id AND day = NEW.day AND day_no = NEW.day_no)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER submission_update BEFORE UPDATE ON submission BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER submission_delete BEFORE DELETE ON submission BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER submission_chunk_insert BEFORE INSERT ON submission_chunk
WHEN EXISTS (SELECT 1 FROM submission_chunk WHERE submission_id = NEW.submission_id AND part = NEW.part AND n = NEW.n)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER submission_chunk_update BEFORE UPDATE ON submission_chunk BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER submission_chunk_delete BEFORE DELETE ON submission_chunk BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER conflict_insert BEFORE INSERT ON conflict
WHEN EXISTS (SELECT 1 FROM conflict WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER conflict_update BEFORE UPDATE ON conflict BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER conflict_delete BEFORE DELETE ON conflict BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER conflict_resolution_insert BEFORE INSERT ON conflict_resolution
WHEN EXISTS (SELECT 1 FROM conflict_resolution WHERE conflict_id = NEW.conflict_id)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER conflict_resolution_update BEFORE UPDATE ON conflict_resolution BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER conflict_resolution_delete BEFORE DELETE ON conflict_resolution BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER annotation_insert BEFORE INSERT ON annotation
WHEN EXISTS (SELECT 1 FROM annotation WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER annotation_update BEFORE UPDATE ON annotation BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER annotation_delete BEFORE DELETE ON annotation BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER auth_event_insert BEFORE INSERT ON auth_event
WHEN EXISTS (SELECT 1 FROM auth_event WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER auth_event_update BEFORE UPDATE ON auth_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER auth_event_delete BEFORE DELETE ON auth_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
