/** Whether the rows as they stand are what their events alone say. */
import { rebuildRows } from '../history.ts'
import { readEvents, readRows } from '../store/rows.ts'
import type { Finding } from './finding.ts'
import type { ReadRecord } from './verify.ts'

/** Events that are read at once. */
const PAGE = 5_000

/** The first row of each sheet that differs from its events. */
export async function checkRows(read: ReadRecord): Promise<Finding[]> {
  const [sheets = []] = await read(['SELECT id FROM sheet ORDER BY id'])
  const findings: Finding[] = []
  for (const { id } of sheets) {
    const sheet = `'${String(id).replaceAll("'", "''")}'`
    const stored = readRows(asResult(...(await read([`SELECT * FROM row_state WHERE sheet_id = ${sheet}`]))))
    const rebuilt = new Map(
      rebuildRows(readEvents(asResult(await readEventRows(read, sheet)))).map((head) => [head.row.rowId, head]),
    )
    for (const head of stored) {
      const from = rebuilt.get(head.row.rowId)
      rebuilt.delete(head.row.rowId)
      if (stable(head) !== stable(from)) findings.push(differs(head.row.rowId, String(id)))
    }
    for (const rowId of rebuilt.keys()) findings.push(differs(rowId, String(id)))
  }
  return findings
}

function differs(rowId: string, sheet: string): Finding {
  return { kind: 'row-differs', table: 'row_state', line: `${sheet} ${rowId}` }
}

async function readEventRows(read: ReadRecord, sheet: string): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = []
  for (let after = 0; ; ) {
    const [rows = []] = await read([
      `SELECT rowid, row_id, seq, kind, actor_id, '' AS actor_name, '' AS at, order_key, spans_confirmed, deleted, changes
       FROM row_event WHERE sheet_id = ${sheet} AND rowid > ${after} ORDER BY rowid LIMIT ${PAGE}`,
    ])
    all.push(...rows)
    if (rows.length < PAGE) return all
    after = Number(rows.at(-1)?.rowid)
  }
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
