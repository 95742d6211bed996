/**
 * SheetSpec: the description of a form, from which reading, drawing, checking, merging, storing and
 * exporting all follow. A form is added by adding a spec and its rules.
 */

export const COLUMN_KINDS = [
  'ordinal', // 序号: shown, never identity
  'text',
  'milestone', // one period's target; neighbouring ones may be merged into a span
  'units', // a list of units in words
] as const

export type ColumnKind = (typeof COLUMN_KINDS)[number]

export type ColumnSpec = {
  /** Stable key: number, task, target, milestone.P1, leadUnits, supportingUnits. */
  key: string
  header: string
  /** Header above this one and its neighbours of the same group (每两月工作目标任务). */
  group?: string
  /** Other headers under which the column is known. */
  aliases?: string[]
  kind: ColumnKind
  /** Blank is a mistake; `——` is not blank. */
  required: boolean
  /** Who may write it while units are asked for their targets (征集): the row's lead units, or only the commission. */
  writer: 'lead' | 'commission'
  /** Key of the period that a milestone column stands for. */
  period?: string
  /** A name or a phone: kept outside the event log. */
  personal?: boolean
  /** Width in characters of the default font, as Excel counts it. */
  width: number
}

export type SheetSpec = {
  form: 'breakdown'
  /** Only ever adds. */
  version: number
  planId: string
  /** Lines above the header, last one the title of the table. */
  titleLines: string[]
  columns: ColumnSpec[]
  /** How a row is known again: by a carried id, or by the columns of a natural key. */
  identity: 'rowId' | { naturalKey: string[] }
}

export function columnOf(spec: SheetSpec, key: string): ColumnSpec | undefined {
  return spec.columns.find((column) => column.key === key)
}

/** Keys of the milestone columns in sheet order. */
export function milestoneKeys(spec: SheetSpec): string[] {
  return spec.columns.filter((column) => column.kind === 'milestone').map((column) => column.key)
}
