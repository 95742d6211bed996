-- Review: 退回 and 通过 are annotations of the commission.

DROP TRIGGER annotation_word;
CREATE TRIGGER annotation_word BEFORE INSERT ON annotation
WHEN NEW.kind NOT IN ('reason', 'answer', 'return', 'accept', 'withdrawal')
BEGIN SELECT RAISE(ABORT, 'unknown_word'); END;
