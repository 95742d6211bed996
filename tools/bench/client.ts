/** A unit that submits again and again, the same body to whichever Worker it talks to. */
import type { PlanRow, Receipt, SubmittedRow } from '../../domain/protocol.ts'
import { reviseText } from './table.ts'

export type Target = { url: string; planId: string; key: string }

export class UnitClient {
  readonly #target: Target
  #rows: SubmittedRow[]
  #edits = 0

  /** `ver`: the version that all rows were pulled at. */
  constructor(target: Target, rows: readonly PlanRow[], ver: number) {
    this.#target = target
    this.#rows = rows.map(({ rowId, cells, spans }) => ({ rowId, baseVer: ver, cells, ...(spans && { spans }) }))
  }

  /**
   * Edits the first milestone of the first `edited` rows, sends the first `sent`, and gives the
   * milliseconds from the request to its whole answer. Throws unless every edit landed.
   */
  async submit(edited: number, sent = this.#rows.length): Promise<number> {
    this.#edits++
    this.#rows = this.#rows.map((row, i) => (i < edited ? reviseRow(row, this.#edits) : row))
    const body = JSON.stringify({ form: 'breakdown', specVersion: 1, rows: this.#rows.slice(0, sent) })
    const { url, planId, key } = this.#target
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    }
    const from = performance.now()
    const answer = await fetch(`${url}/api/plans/${planId}/submissions`, { method: 'POST', headers, body })
    const text = await answer.text()
    const elapsed = performance.now() - from
    if (!answer.ok) throw new Error(`${answer.status} ${text}`)
    this.#take(JSON.parse(text) as Partial<Receipt>, edited)
    return elapsed
  }

  /** The floor gives no receipt and no versions. */
  #take({ totals, rows }: Partial<Receipt>, edited: number): void {
    if (!totals) return
    if (totals.applied !== edited) throw new Error(`${edited} edits sent, landed: ${JSON.stringify(totals)}`)
    const versions = new Map(rows?.map(({ rowId, ver }) => [rowId, ver]))
    this.#rows = this.#rows.map((row) => ({ ...row, baseVer: versions.get(row.rowId) ?? row.baseVer }))
  }
}

function reviseRow(row: SubmittedRow, n: number): SubmittedRow {
  const column = 'milestone.P1'
  return { ...row, cells: { ...row.cells, [column]: reviseText(row.cells[column] ?? '', n) } }
}
