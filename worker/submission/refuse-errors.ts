/** A text that the commission or a decision writes directly passes the same check as a submitted one. */
import { checkTable } from '../../domain/check.ts'
import type { Plan } from '../../domain/plan.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import { Refusal } from '../refusal.ts'
import { readRegistry, selectRegistry } from '../store/plans.ts'

/** Throws invalid where the changed cells of a row hold errors. */
export async function refuseErrors(
  db: D1Database,
  plan: Plan,
  spec: SheetSpec,
  row: Row,
  changes: readonly { column: string }[],
): Promise<void> {
  const registry = readRegistry(await db.batch(selectRegistry(db, plan.id)))
  const changed = new Set(changes.map(({ column }) => column))
  const found = checkTable({ spec, rows: [row], complete: false }, { registry, periods: plan.periods }).filter(
    ({ severity, column }) => severity === 'error' && column !== undefined && changed.has(column),
  )
  if (found.length === 0) return
  const errors = found.map(({ column, code }) => ({ pointer: `/cells/${column}`, detail: code }))
  throw new Refusal('invalid', { count: found.length }, errors)
}
