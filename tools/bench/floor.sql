-- Rows as they stand, and one blob of history for each submission.
CREATE TABLE row_state (
  sheet_id TEXT NOT NULL,
  row_id TEXT NOT NULL,
  ver INTEGER NOT NULL,
  cells TEXT NOT NULL,
  spans TEXT NOT NULL,
  PRIMARY KEY (sheet_id, row_id)
) STRICT;

CREATE TABLE history (id INTEGER PRIMARY KEY, sheet_id TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL) STRICT;
