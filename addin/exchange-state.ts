/** What is about to be sent of a sheet, and what the server made of it. */
import type { Receipt, Submission } from '../domain/protocol.ts'
import type { Row } from '../domain/table.ts'

/** A cell whose text in the sheet is not the master's. */
export type Difference = { rowId: string; column: string; sheet: string; head: string }

/**
 * A row of the sheet that carries no readable id. `unreadable`: something else stands where its id was; `unmarked`: it
 * is a task of the plan all the same; `stray`: it is none. `row`, `column`: of its task. `rowId`: of the task it reads like.
 */
export type LeftOutRow = {
  row: number
  column: number
  address: string
  task: string
  why: 'unreadable' | 'unmarked' | 'stray'
  rowId?: string
}

/** What a submission leaves out of a sheet. */
export type LeftOut = {
  rows: LeftOutRow[]
  /** Rows without an id that are other units' tasks. */
  others: number
  /** Tasks that this person leads and fills in, how many of them the sheet shows with an id, and which nowhere. */
  own: number
  known: number
  missing: string[]
}

export type Preview = {
  sheet: string
  snapshot: string
  submission: Submission
  receipt: Receipt
  /** Rows that carry no version: their older texts cannot be told from newer ones of others. */
  unversioned: number
  /** Differences in rows of other units: shown, restorable, never sent. */
  foreign: Difference[]
  /** Rows of the sheet that the plan no longer lists for this person, as the sheet has them. */
  gone: Row[]
  /** Those of them that could not be compared with the master: shown, not sent. */
  unsent: Row[]
  leftOut: LeftOut
  /** `rowId column` of the clearings that the person confirmed. */
  clears: string[]
  /** The same of cells that are not the person's and go along as suggestions to the commission. */
  suggests?: string[]
}

/** `reopened`: an earlier receipt from the list, which says nothing about the open sheet; else `submission` is what was entered. */
export type Done = {
  sheet: string
  receipt: Receipt
  submission?: Submission | undefined
  copyId?: string | undefined
  differing: Difference[]
  /** Known only of what was submitted from this pane. */
  leftOut?: LeftOut | undefined
  reopened?: boolean
}
