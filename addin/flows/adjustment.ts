/** What 任务调整 works on: what a sheet would change of an issued plan, and what was recorded of it. Plain data. */
import type { AdjustPlan, RowList } from '../../domain/protocol.ts'
import type { CellChange, Row } from '../../domain/table.ts'

/** The units that the words of a row name, by the registry; `unknown`: words that name none. */
export type NamedUnits = { lead: string[]; supporting: string[]; unknown: string[] }

/** A row whose texts differ. `ver`: of the master, to which `changes` refer. */
export type AdjustedRow = {
  rowId: string
  ver: number
  /** The sheet was drawn from an older version. */
  isStale: boolean
  /** The sheet does not say from which version it was drawn. */
  isUnversioned: boolean
  changes: CellChange[]
  /** As the sheet has the changed cells; of milestones all, because what is merged covers its neighbours. */
  cells: Record<string, string>
  spans?: Record<string, number>
  /** Where its changed words name others than answer for it. */
  units?: NamedUnits
}

/** A row that the plan lacks. `baseVer`: the version of its removal, where it was removed; else 0. */
export type AddedRow = NamedUnits & { row: Row; baseVer: number; isCopy: boolean }

export type AdjustmentPaper = Pick<AdjustPlan, 'kind'> &
  Record<'reason' | 'documentNumber' | 'effectivePeriod' | 'effectiveOn', string>

/** What a sheet of an issued plan would change. The tasks of `removed` are missing from it, or blank. */
export type Adjustment = {
  sheet: string
  /** The table as it was read: nothing is sent, and no id written, where it has changed since. */
  snapshot: string
  attempt: string
  /** The sheet is that of the whole plan, so that what it lacks is missing. */
  isWhole: boolean
  rows: AdjustedRow[]
  added: AddedRow[]
  removed: { rowId: string; ver: number }[]
  /** Rows that stand elsewhere; the fewest that explain the order. */
  moved: string[]
  /** Rows as they follow each other in the sheet, new ones included; `at`: zero-based row of the sheet. */
  sequence: { rowId: string; at: number }[]
  /** What is to be sent, by itemKey. */
  chosen: string[]
  paper: AdjustmentPaper
  /** The server has tried it and would take it. */
  isTried?: boolean
  /** By itemKey, or '' for the paper: what the server would not take. */
  refused?: Record<string, RefusedPart[]>
}

/** `column`: of a row; of the paper its field. */
export type RefusedPart = { column?: string; detail: string }

export type ItemKind = 'text' | 'units' | 'added' | 'removed' | 'moved'

export function itemKey(kind: ItemKind, rowId: string): string {
  return `${kind} ${rowId}`
}

/** Whether somebody is known to answer for it. */
export function isAnswerable({ lead, unknown }: NamedUnits): boolean {
  return lead.length > 0 && unknown.length === 0
}

/** What was recorded last, and what takes it back; `undone`: the version by which that was done. */
export type Adjusted = {
  sheet: string
  body: AdjustPlan
  seq: number
  /** ISO 8601. */
  at: string
  /** The rows as they were before. */
  before: RowList
  undo: { body: Omit<AdjustPlan, 'reason'>; attempt: string }
  undone?: number
}
