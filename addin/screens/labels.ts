/** How rows, columns and roles are called on the screen. */

import { breakdownSpec, type Plan } from '../../domain/plan.ts'
import type { ConflictBody, PlanDetail, RowList, RowOutcome } from '../../domain/protocol.ts'
import { columnOf } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { Translate } from '../messages.ts'
import type { State } from '../state.ts'

/** The header of a column of the plan's table; the key where the plan has no such column. */
export function columnLabel(plan: Plan | undefined, key: string): string {
  return (plan && columnOf(breakdownSpec(plan), key)?.header) ?? key
}

/** 序号 and the beginning of the task of a row; of one that the list lacks, as `others` have it. */
export function rowLabel(rows: RowList | undefined, rowId: string, others: readonly Row[] = []): string {
  const row = [...(rows?.rows ?? []), ...others].find((candidate) => candidate.rowId === rowId)
  return row ? taskLabel(row.cells.number ?? '', row.cells.task ?? '') : rowId
}

/** The same of a row of a receipt: where its row is gone, its conflict says what it was. */
export function outcomeLabel(rows: RowList | undefined, { rowId, conflicts }: RowOutcome, others?: readonly Row[]) {
  const label = rowLabel(rows, rowId, others)
  const [conflict] = conflicts
  return label === rowId && conflict ? taskLabel(conflict.number, conflict.task) : label
}

export function taskLabel(number: string, task: string): string {
  const short = task.length > 40 ? `${task.slice(0, 40)}…` : task
  return [number, short].filter((part) => part !== '').join(' ')
}

/** The headers of the columns that a conflict is about; '' where it is about its whole row. */
export function columnsLabel(state: State, { column, columns }: ConflictBody): string {
  const keys = columns ?? (column ? [column] : [])
  return keys.map((key) => columnLabel(planOf(state), key)).join('、')
}

/** Whether this key decides a conflict: as the server says, else as it would: a unit what only its own posts disagree about, the commission all else. */
export function mayDecide({ me }: State, { mayDecide, headBy, submittedBy }: ConflictBody): boolean {
  if (mayDecide !== undefined) return mayDecide
  return headBy === submittedBy ? submittedBy === me?.actor.name : me?.actor.role === 'commission'
}

/** Whether the texts of the plan are fixed. */
export function isFixed(state: State): boolean {
  return planOf(state)?.state !== 'collecting'
}

export function planOf(state: State): PlanDetail['plan'] | undefined {
  return state.plan?.plan
}

export function changeWords(t: Translate): { before: string; after: string; blank: string } {
  return { before: t('change.before'), after: t('change.after'), blank: t('change.blank') }
}
