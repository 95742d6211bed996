/** A text that the commission or a decision writes directly passes the same check as a submitted one. */
import { type Annotation, standingByRow, targetAnswers } from '../../domain/annotation.ts'
import { checkTable } from '../../domain/check.ts'
import { planContext } from '../../domain/check-context.ts'
import type { Plan } from '../../domain/plan.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import { Refusal } from '../refusal.ts'
import { readAnnotations, selectAnnotations } from '../store/annotations.ts'
import { readRegistry, selectRegistry, sheetIdOf } from '../store/plans.ts'

type Changed = { row: Row; changes: readonly { column: string }[] }

/** Errors in the changed cells of some rows, each with its code. `annotations`: of these rows, oldest first. */
export function findErrors(
  plan: Plan,
  spec: SheetSpec,
  registry: UnitRegistry,
  changed: readonly Changed[],
  annotations: readonly Annotation[],
): { rowId: string; column: string; code: string }[] {
  const columns = new Map(changed.map(({ row, changes }) => [row.rowId, new Set(changes.map(({ column }) => column))]))
  const rows = changed.map(({ row }) => row)
  // What was answered of the very text that is chosen now holds for it here, too.
  const context = { ...planContext(plan, registry), answers: targetAnswers(standingByRow(spec, rows, annotations)) }
  const issues = checkTable({ spec, rows, complete: false }, context)
  return issues.flatMap(({ severity, rowId = '', column = '', code }) =>
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
  const [annotations, ...registry] = await db.batch([
    selectAnnotations(db, sheetIdOf(plan.id), JSON.stringify([row.rowId])),
    ...selectRegistry(db, plan.id),
  ])
  const found = findErrors(plan, spec, readRegistry(registry), [{ row, changes }], readAnnotations(annotations))
  if (found.length === 0) return
  const errors = found.map(({ column, code }) => ({ pointer: `/cells/${column}`, detail: code }))
  throw new Refusal('invalid', { count: found.length }, errors)
}
