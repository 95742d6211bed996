/** What is about to be sent of a sheet, and what the server made of it. */
import type { Receipt, Submission } from '../domain/protocol.ts'
import type { Row } from '../domain/table.ts'

/** A cell whose text in the sheet is not the master's. */
export type Difference = { rowId: string; column: string; sheet: string; head: string }

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
  reopened?: boolean
}
