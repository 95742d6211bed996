/** A text that the commission or a decision writes directly passes the same check as a submitted one. */
import { checkTable } from '../../domain/check.ts'
import { planContext } from '../../domain/check-context.ts'
import type { Plan } from '../../domain/plan.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { Refusal } from '../refusal.ts'
import { readRegistry, selectRegistry } from '../store/plans.ts'

type Changed = { row: Row; changes: readonly { column: string }[] }

/** Errors in the changed cells of some rows, each with its code. */
export function findErrors(
  plan: Plan,
  spec: SheetSpec,
  registry: UnitRegistry,
  changed: readonly Changed[],
): { rowId: string; column: string; code: string }[] {
  const columns = new Map(changed.map(({ row, changes }) => [row.rowId, new Set(changes.map(({ column }) => column))]))
  const table = { spec, rows: changed.map(({ row }) => row), complete: false }
  return checkTable(table, planContext(plan, registry)).flatMap(({ severity, rowId = '', column = '', code }) =>
    severity === 'error' && columns.get(rowId)?.has(column) ? [{ rowId, column, code }] : [],
  )
}

/** Throws invalid where the changed cells of a row hold errors. */
export async function refuseErrors(
  db: D1Database,
  plan: Plan,
  spec: SheetSpec,
  row: Row,
  changes: readonly { column: string }[],
): Promise<void> {
  const registry = readRegistry(await db.batch(selectRegistry(db, plan.id)))
  const found = findErrors(plan, spec, registry, [{ row, changes }])
  if (found.length === 0) return
  const errors = found.map(({ column, code }) => ({ pointer: `/cells/${column}`, detail: code }))
  throw new Refusal('invalid', { count: found.length }, errors)
}
