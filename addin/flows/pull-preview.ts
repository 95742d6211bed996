/** What a pull shows before it writes, and what it keeps for taking it back. Plain data. */

import type { ServerRow } from '../../domain/protocol.ts'
import type { Pull, PullDecision, PulledCells, PulledRow } from '../../domain/pull.ts'
import type { KeptReason } from './pull-places.ts'

/** Who changed something in the master, and when (ISO 8601). */
export type Changed = { by: string; at: string }

export type PullPreview = {
  sheet: string
  /** The table as it was read: nothing is written into a sheet that has changed since. */
  snapshot: string
  pull: Pull
  /** By pullKey: cells that cannot be changed in place, and why. */
  kept: Readonly<Record<string, KeptReason>>
  decisions: Readonly<Record<string, PullDecision>>
  /** By `rowId column`: the last change of a cell since the sheet's version. */
  changed: Readonly<Record<string, Changed>>
  /** Rows that the sheet lacks and that may be added, in the master's order. */
  missing: ServerRow[]
  /** Whether the person wants them added. */
  isAdding: boolean
  /** The sheet holds the whole plan, so that added rows have a place of their own in it. */
  complete: boolean
}

/** What a pull has written, as it was written: taking it back needs both texts. */
export type Pulled = {
  sheet: string
  /** The copy of the workbook that it was written to, as the host tells it. */
  copyId: string
  cells: PulledCells[]
  /** Every row that was touched, with the version it had and the one it carries now. */
  rows: PulledRow[]
  /** Ids of the rows that were added. */
  added: string[]
  /** When the sheet was pulled before, as the workbook noted it (ISO 8601). */
  pulledAt?: string | undefined
  /** Conflicts that still wait. */
  waiting: number
}

/** What the master has newer than a sheet, counted. */
export type Newer = { sheet: string; updates: number; conflicts: number; missing: number }
