/** What the pane knows of a sheet: which rows of the plan it shows, what is wrong in it, and what was said of that. */
import type { Annotation } from '../domain/annotation.ts'
import type { Fix, Issue } from '../domain/issue.ts'
import type { Receipt } from '../domain/protocol.ts'
import type { SheetSpec } from '../domain/sheet-spec.ts'
import type { TableRow } from '../domain/table.ts'

/** A plan row offered for a sheet row. */
export type Candidate = { rowId: string; number: string; task: string }

/** A sheet row that equals no plan row. `choice`: '' undecided, LEAVE_OUT, or a rowId. */
export type OpenMatch = { index: number; address: string; task: string; candidates: Candidate[]; choice: string }

export const LEAVE_OUT = 'leave-out:'

export type Recognition = {
  sheet: string
  /** The table as it was read: ids are written only into a sheet that is still the same. */
  snapshot: string
  carried: number
  matched: { index: number; rowId: string }[]
  open: OpenMatch[]
  /** Rows of the sheet that are other units'. */
  others: number
  /** Rows that are no task of the plan. */
  strays: number
  /** Plan rows of this unit that the sheet does not show. */
  missing: number
  /** The year in the sheet's title, where the plan is of another. */
  otherYear?: number
  confirmed: boolean
}

/** What somebody said of an issue, and when (ISO 8601); in a pane without a key nobody is named. */
export type Said = Annotation & { by?: string; at: string }

/**
 * An issue with its place on the sheet and the task of its row; `mine`: in a cell that this person may write;
 * `reason`: the one that stands for leaving it.
 */
export type PlacedIssue = {
  issue: Issue
  mine: boolean
  task: string
  row?: number
  column?: number
  reason?: Said
}

export type CheckResult = {
  sheet: string
  /** What the sheet was read by: the plan's spec, or one inferred from the sheet where no plan is open. */
  spec: SheetSpec
  issues: PlacedIssue[]
  /** The table as it was read, to tell a real edit from an event of our own writing. */
  snapshot: string
  stale: boolean
  rows: number
  /** What the master's rows have wrong in this person's cells and the sheet does not, when they were last pulled. */
  masterIssues: Receipt['issues']
  /** The table as it was read, and on which column of the sheet each of its columns stands. */
  table: readonly TableRow[]
  columns: Readonly<Record<string, number>>
  /** Every reason and answer that stands for the sheet as it was read. */
  standing: Said[]
  /** What fixing everything would change, shown before it is done. */
  plannedFix?: Fix
  /** The counts after an edit, for those who cannot see them change. */
  told?: string
}

/** Marks in the workbook; `at`: ISO 8601. `of`: what was marked (marksOf), where this pane did it. */
export type SheetMarks = { at: string; of?: string; shades: boolean }

/** What is to be done with an issue: what the commission sent back before all else. */
export type IssueStep = 'returned' | Issue['severity']

/** How a person looks at the list of issues; kept while the pane is open. */
export type IssueView = {
  groups: 'todo' | 'row' | 'rule'
  severity: IssueStep | 'explained' | 'all'
  /** Issues in others' cells too. */
  all: boolean
  text: string
}
