-- The store of one deployment: who, which plans, and every change of every row. docs/storage.md
-- says why each table is there. Times are UTC, ISO 8601; `day` is the date in Beijing.

-- ---- who ----------------------------------------------------------------------------------------

CREATE TABLE unit (
  county TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  successor TEXT,
  PRIMARY KEY (county, id),
  UNIQUE (county, name)
) STRICT;

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
  role TEXT NOT NULL CHECK (role IN ('unit', 'commission', 'supervision', 'admin')),
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
  kind TEXT NOT NULL CHECK (kind IN ('key-issued', 'key-revoked', 'key-refused')),
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
  form TEXT NOT NULL CHECK (form IN ('breakdown')),
  spec_version INTEGER NOT NULL,
  epoch INTEGER NOT NULL CHECK (epoch >= 1),
  UNIQUE (plan_id, form)
) STRICT;

-- The approved relation: who leads and supports a row. A supporting party may be a group.
CREATE TABLE row_unit (
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  row_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'supporting')),
  position INTEGER NOT NULL,
  party TEXT NOT NULL,
  unit_id TEXT,
  CHECK (role = 'supporting' OR unit_id IS NOT NULL),
  PRIMARY KEY (sheet_id, row_id, role, position)
) STRICT;

-- ---- the log: append-only -----------------------------------------------------------------------

CREATE TABLE commit_log (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  kind TEXT NOT NULL CHECK (kind IN ('plan', 'issue', 'submission', 'resolution', 'confirm')),
  actor_id TEXT NOT NULL REFERENCES actor (id),
  key_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX commit_log_sheet ON commit_log (sheet_id, seq);

-- One event per changed row. changes: JSON of {column, old, new, spans}. order_key, spans_confirmed
-- and deleted are set by the events that change them, so that row_state can be rebuilt.
CREATE TABLE row_event (
  id INTEGER PRIMARY KEY,
  sheet_id TEXT NOT NULL,
  row_id TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES commit_log (seq),
  kind TEXT NOT NULL CHECK (kind IN ('insert', 'update', 'delete', 'resolve', 'confirm')),
  actor_id TEXT NOT NULL REFERENCES actor (id),
  order_key REAL,
  spans_confirmed INTEGER CHECK (spans_confirmed IN (0, 1)),
  deleted INTEGER CHECK (deleted IN (0, 1)),
  changes TEXT NOT NULL CHECK (json_valid(changes))
) STRICT;
CREATE UNIQUE INDEX row_event_row ON row_event (sheet_id, row_id, seq);

-- kind 'rows' is a 报送; 'plan' and 'resolution' are kept the same way, for replay and audit.
-- body and result hold the first 1.5 MB; submission_chunk the rest. row_outcomes: JSON of
-- [rowId, outcome], so that a delta of two rows writes no row for each row it names.
-- In result, version 0 stands for the commit that this submission made.
CREATE TABLE submission (
  id TEXT NOT NULL PRIMARY KEY,
  plan_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('plan', 'rows', 'resolution')),
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

-- tuples: JSON of the three versions of a span conflict; proposal: the submitted row of an edit
-- against a deletion. Open until conflict_resolution names it.
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

-- A reason given for a warning. It lapses when the text it was given for changes.
CREATE TABLE annotation (
  id INTEGER PRIMARY KEY,
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  row_id TEXT NOT NULL,
  col TEXT,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  of_text TEXT NOT NULL,
  actor_id TEXT NOT NULL REFERENCES actor (id),
  submission_id TEXT NOT NULL REFERENCES submission (id),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX annotation_row ON annotation (sheet_id, row_id);

-- ---- rebuildable --------------------------------------------------------------------------------

-- ver: sequence of the last commit that changed the row. A deleted row keeps its last cells.
CREATE TABLE row_state (
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  row_id TEXT NOT NULL,
  ver INTEGER NOT NULL CHECK (ver >= 1),
  order_key REAL NOT NULL,
  spans_confirmed INTEGER NOT NULL CHECK (spans_confirmed IN (0, 1)),
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
  cells TEXT NOT NULL CHECK (json_valid(cells)),
  spans TEXT NOT NULL CHECK (json_valid(spans)),
  PRIMARY KEY (sheet_id, row_id)
) STRICT;

-- A batch that inserts anything but 1 here fails as a whole; the constraint's name tells why.
-- Emptied in the same batch.
CREATE TABLE guard (
  row_fresh INTEGER NOT NULL DEFAULT 1 CONSTRAINT stale_row CHECK (row_fresh = 1),
  scope_same INTEGER NOT NULL DEFAULT 1 CONSTRAINT changed_scope CHECK (scope_same = 1)
) STRICT;

-- ---- append-only --------------------------------------------------------------------------------
-- INSERT OR REPLACE fires no DELETE trigger (recursive_triggers is off), hence the INSERT ones.

CREATE TRIGGER commit_log_insert BEFORE INSERT ON commit_log
WHEN EXISTS (SELECT 1 FROM commit_log WHERE seq = NEW.seq OR id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER commit_log_update BEFORE UPDATE ON commit_log BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER commit_log_delete BEFORE DELETE ON commit_log BEGIN SELECT RAISE(ABORT, 'append_only'); END;

CREATE TRIGGER row_event_insert BEFORE INSERT ON row_event
WHEN EXISTS (SELECT 1 FROM row_event WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM row_event WHERE sheet_id = NEW.sheet_id AND row_id = NEW.row_id AND seq = NEW.seq)
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
