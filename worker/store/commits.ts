/** What every commit writes: one line in the log, an event and a new state for each changed row. */
import type { Row } from '../../domain/table.ts'
import { forEachChunk } from './batch.ts'
import type { EventChange, EventKind } from './rows.ts'

export type CommitKind = 'plan' | 'issue' | 'submission' | 'resolution' | 'confirm' | ChangeKind
/** Commits that change a plan after it was made. */
export type ChangeKind = 'relations' | 'order' | 'units' | 'adjustment' | 'erratum' | 'archive' | 'settings'
export type Commit = { sheetId: string; kind: CommitKind; actorId: string; keyId: string; at: string }

/** The commit of a batch, in every statement after the one that logs it. */
export const THIS_COMMIT = '(SELECT max(seq) FROM commit_log)'

/** A changed row. `row` is the row after the change; the last three only where the change sets them. */
export type RowWrite = {
  row: Row
  kind: EventKind
  changes: EventChange[]
  orderKey?: string
  spansConfirmed?: boolean
  deleted?: boolean
}

/** Statements of one commit. Guards go before, everything that refers to the commit after. */
export function commitStatements(db: D1Database, commit: Commit, writes: RowWrite[]): D1PreparedStatement[] {
  const { sheetId, kind, actorId, keyId, at } = commit
  const log = db
    .prepare('INSERT INTO commit_log (sheet_id, kind, actor_id, key_id, at) VALUES (?1, ?2, ?3, ?4, ?5)')
    .bind(sheetId, kind, actorId, keyId, at)
  const events = writes.map(({ row, kind: event, changes, orderKey, spansConfirmed, deleted }) => ({
    rowId: row.rowId,
    kind: event,
    orderKey,
    spansConfirmed: toBit(spansConfirmed),
    deleted: toBit(deleted),
    changes: changes.map(({ column, old, new: text, spans }) => ({ column, old, new: text, spans })),
  }))
  const states = writes.map(({ row, orderKey, spansConfirmed, deleted }) => ({
    rowId: row.rowId,
    orderKey,
    spansConfirmed: toBit(spansConfirmed),
    deleted: toBit(deleted),
    cells: row.cells,
    spans: row.spans ?? {},
  }))
  return [
    log,
    ...forEachChunk(
      db,
      `INSERT INTO row_event (sheet_id, row_id, seq, kind, actor_id, order_key, spans_confirmed, deleted, changes)
       SELECT ?2, value ->> '$.rowId', ${THIS_COMMIT}, value ->> '$.kind', ?3,
         value ->> '$.orderKey', value ->> '$.spansConfirmed', value ->> '$.deleted', value -> '$.changes'
       FROM json_each(?1)`,
      events,
      sheetId,
      actorId,
    ),
    // What a change does not set stays as it was; a new row has no deletion and confirmed spans.
    ...forEachChunk(
      db,
      `INSERT INTO row_state (sheet_id, row_id, ver, order_key, spans_confirmed, deleted, cells, spans)
       SELECT ?2, e.value ->> '$.rowId', ${THIS_COMMIT}, coalesce(e.value ->> '$.orderKey', r.order_key),
         coalesce(e.value ->> '$.spansConfirmed', r.spans_confirmed, 1),
         coalesce(e.value ->> '$.deleted', r.deleted, 0), e.value -> '$.cells', e.value -> '$.spans'
       FROM json_each(?1) e LEFT JOIN row_state r ON r.sheet_id = ?2 AND r.row_id = e.value ->> '$.rowId'
       WHERE true
       ON CONFLICT (sheet_id, row_id) DO UPDATE SET ver = excluded.ver, order_key = excluded.order_key,
         spans_confirmed = excluded.spans_confirmed, deleted = excluded.deleted, cells = excluded.cells,
         spans = excluded.spans`,
      states,
      sheetId,
    ),
  ]
}

function toBit(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value)
}
