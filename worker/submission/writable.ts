/** Who may write which columns of a row, now. */
import type { Plan } from '../../domain/plan.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Actor } from '../env.ts'

/**
 * Columns that the actor may write: while the plan is collecting, the commission all of them and a
 * row's lead units those that the spec gives them.
 */
export function writableColumns(
  plan: Plan,
  spec: SheetSpec,
  actor: Actor,
  role: 'lead' | 'supporting' | 'none',
): string[] {
  if (plan.state !== 'collecting') return []
  if (actor.role === 'commission') return spec.columns.map((column) => column.key)
  if (actor.role !== 'unit' || role !== 'lead') return []
  return spec.columns.filter((column) => column.writer === 'lead').map((column) => column.key)
}
