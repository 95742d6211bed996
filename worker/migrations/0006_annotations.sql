-- Annotations beside reasons: answers to a check's question, and the withdrawal of either.

DROP TRIGGER annotation_word;
CREATE TRIGGER annotation_word BEFORE INSERT ON annotation
WHEN NEW.kind NOT IN ('reason', 'answer', 'withdrawal')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;

DROP TRIGGER submission_word;
CREATE TRIGGER submission_word BEFORE INSERT ON submission
WHEN NEW.kind NOT IN ('plan', 'rows', 'resolution', 'confirm', 'issue',
  'relations', 'order', 'units', 'adjustment', 'erratum', 'archive', 'settings', 'annotation')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
