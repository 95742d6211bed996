/** Rows as they stand against rows as their events make them, for a database that wrangler reaches. */
import { isDeepStrictEqual } from 'node:util'
import { rebuildRows } from '../../worker/history.ts'
import type { HeadRow, RowEvent } from '../../worker/store/rows.ts'
import type { Database } from '../wrangler.ts'
import { DatabaseBusy, readChangingTables, readPages, type StoredRow } from './pages.ts'
import { readSchema } from './schema.ts'
import { insertRow, PIECE_TABLE, type SqlValue, toLiteral } from './sql-text.ts'

export type State = { rows: StoredRow[]; events: StoredRow[]; latestCommit: number }

/** A row that is not what its events say. `right`: as they make it; undefined where no event knows the row. */
export type WrongRow = { sheetId: string; rowId: string; fields: string[]; right: Stored | undefined }

type Stored = {
  ver: number
  order_key: string
  spans_confirmed: number
  deleted: number
  cells: Record<string, string>
  spans: Record<string, number>
}

/** All rows and events of one moment. Throws DatabaseBusy where no quiet one was found. */
export async function readState(database: Database): Promise<State> {
  const { tables } = await readSchema(database)
  const wanted = tables.filter(({ name }) => ['row_state', 'row_event', 'commit_log'].includes(name))
  const { marks, rows } = await readChangingTables(database, wanted)
  const events: StoredRow[] = []
  const log = wanted.filter(({ name }) => name === 'row_event')
  for await (const page of readPages(database, log, marks)) events.push(...page.rows)
  if (events.length !== marks.get('row_event')?.rows) throw new DatabaseBusy('row_event changed while it was read')
  return { rows: rows.get('row_state') ?? [], events, latestCommit: marks.get('commit_log')?.last ?? 0 }
}

/** The rows that differ, and in what. */
export function findWrongRows({ rows, events }: State): WrongRow[] {
  const bySheet = new Map<string, RowEvent[]>()
  for (const event of [...events].sort((a, b) => Number(a.seq) - Number(b.seq))) {
    const sheetId = String(event.sheet_id)
    const list = bySheet.get(sheetId) ?? []
    list.push(toEvent(event))
    bySheet.set(sheetId, list)
  }
  const right = new Map<string, { sheetId: string; head: HeadRow }>()
  for (const [sheetId, list] of bySheet) {
    for (const head of rebuildRows(list)) right.set(`${sheetId}\n${head.row.rowId}`, { sheetId, head })
  }
  const stored = new Map(rows.map((row) => [`${row.sheet_id}\n${row.row_id}`, row]))

  const wrong: WrongRow[] = []
  for (const [id, { sheetId, head }] of right) {
    const row = stored.get(id)
    const made = fromHead(head)
    const fields = row ? findFields(fromColumns(row), made) : ['缺少']
    if (fields.length > 0) wrong.push({ sheetId, rowId: head.row.rowId, fields, right: made })
  }
  for (const [id, row] of stored) {
    if (right.has(id)) continue
    wrong.push({ sheetId: String(row.sheet_id), rowId: String(row.row_id), fields: ['多余'], right: undefined })
  }
  return wrong
}

/**
 * One transaction that puts rows right: it fails as changed_scope where a commit came since
 * `latestCommit`, and raises the epoch of the sheets, so that nothing that was computed from the wrong
 * rows can land and no cached master is served.
 */
export function correctionSql(wrong: WrongRow[], latestCommit: number): string[] {
  return [
    `INSERT INTO guard (scope_same) VALUES ((SELECT coalesce(max(seq), 0) = ${latestCommit} FROM commit_log));`,
    PIECE_TABLE.create,
    ...wrong.flatMap(({ sheetId, rowId, right }) => [
      `DELETE FROM row_state WHERE sheet_id = ${toLiteral(sheetId)} AND row_id = ${toLiteral(rowId)};`,
      ...(right ? insertState(sheetId, rowId, right) : []),
    ]),
    ...[...new Set(wrong.map(({ sheetId }) => sheetId))].map(
      (sheetId) => `UPDATE sheet SET epoch = epoch + 1 WHERE id = ${toLiteral(sheetId)};`,
    ),
    PIECE_TABLE.drop,
    'DELETE FROM guard;',
  ]
}

function insertState(sheetId: string, rowId: string, right: Stored): string[] {
  const columns: Record<string, SqlValue> = {
    sheet_id: sheetId,
    row_id: rowId,
    ...right,
    cells: JSON.stringify(right.cells),
    spans: JSON.stringify(right.spans),
  }
  return insertRow('row_state', Object.keys(columns), Object.values(columns))
}

function findFields(stored: Stored, right: Stored): string[] {
  const columns = new Set([...Object.keys(stored.cells), ...Object.keys(right.cells)])
  return [
    ...(['ver', 'order_key', 'spans_confirmed', 'deleted'] as const).filter((key) => stored[key] !== right[key]),
    ...[...columns].filter((column) => stored.cells[column] !== right.cells[column]),
    ...(isDeepStrictEqual(stored.spans, right.spans) ? [] : ['spans']),
  ]
}

function fromHead({ row, ver, orderKey, spansConfirmed, deleted }: HeadRow): Stored {
  return {
    ver,
    order_key: orderKey,
    spans_confirmed: Number(spansConfirmed),
    deleted: Number(deleted),
    cells: row.cells,
    spans: row.spans ?? {},
  }
}

function fromColumns(row: StoredRow): Stored {
  return {
    ver: Number(row.ver),
    order_key: String(row.order_key),
    spans_confirmed: Number(row.spans_confirmed),
    deleted: Number(row.deleted),
    cells: JSON.parse(String(row.cells)) as Record<string, string>,
    spans: JSON.parse(String(row.spans)) as Record<string, number>,
  }
}

/** What rebuilding needs of an event; who and when do not matter to it. */
function toEvent(event: StoredRow): RowEvent {
  return {
    rowId: String(event.row_id),
    seq: Number(event.seq),
    kind: event.kind as RowEvent['kind'],
    actorId: String(event.actor_id),
    actorName: '',
    at: '',
    changes: JSON.parse(String(event.changes)) as RowEvent['changes'],
    ...(event.order_key === null ? {} : { orderKey: String(event.order_key) }),
    ...(event.spans_confirmed === null ? {} : { spansConfirmed: event.spans_confirmed === 1 }),
    ...(event.deleted === null ? {} : { deleted: event.deleted === 1 }),
  }
}
