-- A plan changes after it was made: who answers for a row and until when, the order of its rows, its
-- county's units, and, once issued, its texts by 任务调整 or 勘误.

-- First and last day on which a relation holds, in Beijing; NULL: since ever, until further notice.
-- from_seq and to_seq stay what they are: when the relation was recorded and replaced.
ALTER TABLE row_unit ADD COLUMN valid_from TEXT;
ALTER TABLE row_unit ADD COLUMN valid_to TEXT;
-- For the stamp of the master, which changes when a relation that was recorded ahead comes into force.
CREATE INDEX row_unit_dated ON row_unit (sheet_id, valid_from) WHERE valid_from IS NOT NULL AND to_seq IS NULL;

-- A relation is recorded once and replaced once; nothing else of it ever changes.
CREATE TRIGGER row_unit_insert BEFORE INSERT ON row_unit
WHEN EXISTS (SELECT 1 FROM row_unit WHERE sheet_id = NEW.sheet_id AND row_id = NEW.row_id AND role = NEW.role
  AND position = NEW.position AND from_seq = NEW.from_seq)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER row_unit_update BEFORE UPDATE ON row_unit
WHEN OLD.to_seq IS NOT NULL OR NEW.to_seq IS NULL OR NEW.sheet_id <> OLD.sheet_id OR NEW.row_id <> OLD.row_id
  OR NEW.role <> OLD.role OR NEW.position <> OLD.position OR NEW.party <> OLD.party OR NEW.unit_id IS NOT OLD.unit_id
  OR NEW.from_seq <> OLD.from_seq OR NEW.valid_from IS NOT OLD.valid_from OR NEW.valid_to IS NOT OLD.valid_to
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER row_unit_delete BEFORE DELETE ON row_unit BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- Why a commit was made that changes a plan. effective_period: key of the first period whose milestones
-- an adjustment changes. effective_on: first day of changed relations.
CREATE TABLE plan_change (
  seq INTEGER NOT NULL PRIMARY KEY REFERENCES commit_log (seq),
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  document_number TEXT,
  effective_period TEXT,
  effective_on TEXT
) STRICT;
CREATE TRIGGER plan_change_insert BEFORE INSERT ON plan_change
WHEN EXISTS (SELECT 1 FROM plan_change WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER plan_change_update BEFORE UPDATE ON plan_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER plan_change_delete BEFORE DELETE ON plan_change BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- 'reviewer': what a unit's 经办 key sends waits for its 审核 key.
ALTER TABLE plan ADD COLUMN sign_off TEXT NOT NULL DEFAULT 'none' CHECK (sign_off IN ('none', 'paper', 'reviewer'));

DROP TRIGGER commit_log_word;
CREATE TRIGGER commit_log_word BEFORE INSERT ON commit_log
WHEN NEW.kind NOT IN ('plan', 'issue', 'submission', 'resolution', 'confirm',
  'relations', 'order', 'units', 'adjustment', 'erratum', 'archive', 'settings', 'restored')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;

DROP TRIGGER row_event_word;
CREATE TRIGGER row_event_word BEFORE INSERT ON row_event
WHEN NEW.kind NOT IN ('insert', 'update', 'delete', 'resolve', 'confirm', 'move', 'adjust', 'correct')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;

DROP TRIGGER submission_word;
CREATE TRIGGER submission_word BEFORE INSERT ON submission
WHEN NEW.kind NOT IN ('plan', 'rows', 'resolution', 'confirm', 'issue',
  'relations', 'order', 'units', 'adjustment', 'erratum', 'archive', 'settings')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
