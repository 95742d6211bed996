/** Whether the rows as they stand are what their events alone say. */
import { rebuildRows } from '../history.ts'
import { readEvents, readRows } from '../store/rows.ts'
import type { Finding } from './finding.ts'
import type { ReadRecord } from './verify.ts'

/** Events of a sheet, and sheets, that are read at once. */
const PAGE = 5_000
const SHEETS = 4

/** The rows that differ from their events, and those that only the events know. */
export async function checkRows(read: ReadRecord): Promise<Finding[]> {
  const [sheets = []] = await read(['SELECT id FROM sheet ORDER BY id'])
  const findings: Finding[] = []
  for (let from = 0; from < sheets.length; from += SHEETS) {
    const ids = sheets.slice(from, from + SHEETS).map(({ id }) => String(id))
    const results = await read(ids.flatMap((id) => [selectStates(id), selectEvents(id, 0)]))
    for (const [i, id] of ids.entries()) {
      const events = await readOn(read, id, results[2 * i + 1] ?? [])
      findings.push(...compareRows(id, results[2 * i] ?? [], events))
    }
  }
  return findings
}

function compareRows(sheet: string, states: Record<string, unknown>[], events: Record<string, unknown>[]): Finding[] {
  const findings: Finding[] = []
  const rebuilt = new Map(rebuildRows(readEvents(asResult(events))).map((head) => [head.row.rowId, head]))
  for (const head of readRows(asResult(states))) {
    const from = rebuilt.get(head.row.rowId)
    rebuilt.delete(head.row.rowId)
    if (stable(head) !== stable(from)) findings.push(differs(head.row.rowId, sheet))
  }
  for (const rowId of rebuilt.keys()) findings.push(differs(rowId, sheet))
  return findings
}

function differs(rowId: string, sheet: string): Finding {
  return { kind: 'row-differs', table: 'row_state', line: `${sheet} ${rowId}` }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function selectStates(sheet: string): string {
  return `SELECT * FROM row_state WHERE sheet_id = ${quote(sheet)} ORDER BY order_key, row_id`
}

function selectEvents(sheet: string, after: number): string {
  return `SELECT rowid, row_id, seq, kind, actor_id, '' AS actor_name, '' AS at, order_key, spans_confirmed, deleted, changes
    FROM row_event WHERE sheet_id = ${quote(sheet)} AND rowid > ${after} ORDER BY rowid LIMIT ${PAGE}`
}

/** The events after the first page of them. */
async function readOn(
  read: ReadRecord,
  sheet: string,
  first: Record<string, unknown>[],
): Promise<Record<string, unknown>[]> {
  const all = [...first]
  for (let page = first; page.length === PAGE; all.push(...page)) {
    page = (await read([selectEvents(sheet, Number(page.at(-1)?.rowid))]))[0] ?? []
  }
  return all
}

function asResult(results: Record<string, unknown>[] = []): D1Result {
  return { results } as unknown as D1Result
}

/** JSON with sorted keys: cells may stand in any order. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
