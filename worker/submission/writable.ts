/** Who may write which columns of a row, now. */
import type { Plan } from '../../domain/plan.ts'
import { columnOf, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { Caller } from '../env.ts'

/**
 * Columns that the caller may write: while the plan is collecting, the commission all of them and a
 * row's lead units those that the spec gives them, where their key reaches the row. `role`: of the
 * caller's unit on that row.
 */
export function writableColumns(
  plan: Plan,
  spec: SheetSpec,
  caller: Caller,
  rowId: string,
  role: 'lead' | 'supporting' | 'none',
): string[] {
  const { actor } = caller
  if (plan.state !== 'collecting' || !mayWriteRow(caller, plan.id, rowId)) return []
  if (actor.role === 'commission') return spec.columns.map((column) => column.key)
  if (actor.role !== 'unit' || role !== 'lead') return []
  return spec.columns.filter((column) => column.writer === 'lead').map((column) => column.key)
}

/**
 * Whether the caller may say something about a cell, or without `column` about the row: the commission about
 * all, a lead unit about the cells that are its to write, also when their texts are fixed. `role` as above.
 */
export function mayAnnotate(
  { plan, spec }: { plan: Plan; spec: SheetSpec },
  caller: Caller,
  rowId: string,
  role: 'lead' | 'supporting' | 'none',
  column: string | undefined,
): boolean {
  if (!mayWriteRow(caller, plan.id, rowId)) return false
  if (caller.actor.role === 'commission') return true
  if (caller.actor.role !== 'unit' || role !== 'lead') return false
  return column === undefined || columnOf(spec, column)?.writer === 'lead'
}

/** Whether the caller's key reaches a row at all: one with a scope writes and decides there only. */
export function mayWriteRow({ key }: Caller, planId: string, rowId: string): boolean {
  return key.scope === null || (key.scope.planId === planId && key.scope.rows.has(rowId))
}

/** Whether what the caller writes waits for a reviewer (审核) of its unit. */
export function needsRelease(plan: Plan, { actor, key }: Caller): boolean {
  return plan.signOff === 'reviewer' && actor.role === 'unit' && key.duty === 'handler'
}
