/**
 * Fifty clients that edit the same cell at the same moment, each from the version it pulled: one text
 * lands, the others are kept as conflicts. The floor lets the last one overwrite the rest.
 */
import type { PlanRow, Receipt, RowList } from '../../domain/protocol.ts'
import type { Target } from './client.ts'
import { reviseText } from './table.ts'

const COLUMN = 'milestone.P1'
let shots = 0

/**
 * Sends all of them at once and gives requests per second, those that were turned away and came again
 * counted once. Throws where a receipt is missing a text: applied and in conflict together must be all.
 */
export async function submitToSameRow(targets: Target[], row: PlanRow): Promise<number> {
  const shot = ++shots
  const [first] = targets
  const baseVer = first && first.key !== 'none' ? await pullVersion(first, row.rowId) : 1
  const from = performance.now()
  const receipts = await Promise.all(
    targets.map((target, i) => submit(target, row, baseVer, `${reviseText(row.cells[COLUMN] ?? '', shot)}${i}`)),
  )
  const seconds = (performance.now() - from) / 1000
  const kept = receipts.reduce((sum, { totals }) => sum + (totals ? totals.applied + totals.conflicts : 1), 0)
  if (kept !== targets.length) throw new Error(`${targets.length} texts sent, ${kept} kept`)
  return targets.length / seconds
}

async function submit(target: Target, row: PlanRow, baseVer: number, text: string): Promise<Partial<Receipt>> {
  const { rowId, cells, spans } = row
  const sent = { rowId, baseVer, cells: { ...cells, [COLUMN]: text }, ...(spans && { spans }) }
  const headers = {
    authorization: `Bearer ${target.key}`,
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
  }
  const body = JSON.stringify({ form: 'breakdown', specVersion: 1, rows: [sent] })
  for (;;) {
    const answer = await fetch(`${target.url}/api/plans/${target.planId}/submissions`, {
      method: 'POST',
      headers,
      body,
    })
    const reply = await answer.text()
    if (answer.ok) return JSON.parse(reply) as Partial<Receipt>
    if (answer.status !== 503) throw new Error(`${answer.status} ${reply}`)
  }
}

async function pullVersion({ url, planId, key }: Target, rowId: string): Promise<number> {
  const answer = await fetch(`${url}/api/plans/${planId}/rows`, { headers: { authorization: `Bearer ${key}` } })
  const { rows } = (await answer.json()) as RowList
  return rows.find((row) => row.rowId === rowId)?.ver ?? 0
}
