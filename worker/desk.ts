/**
 * 审核台: what waits for the commission, made from what was recorded. Nothing is marked as settled anywhere:
 * what a later submission, decision or change has settled simply no longer follows from the record.
 */
import { rowOfText } from '../domain/annotation.ts'
import { foldText, isBlank } from '../domain/fold.ts'
import type { BlockedRow, Desk, HeldCell, QueuedRow, Suggestion } from '../domain/protocol.ts'
import { applyChanges, diffRow } from '../domain/replay.ts'
import { columnOf, type SheetSpec } from '../domain/sheet-spec.ts'
import type { Row } from '../domain/table.ts'
import { groupBy } from './group-by.ts'
import { reviewsOfRows, standingReviews } from './reviews.ts'
import { issuesOfRows } from './row-issues.ts'
import type { MadeAnnotation } from './store/annotations.ts'
import type { DeskData, LastChange, LeftOut } from './store/desk.ts'
import type { HeadRow } from './store/rows.ts'
import { isSent, type SentRow } from './store/sent-rows.ts'

/** What waits in a plan. While it is collecting all of it, once it is issued only what may still be an erratum. */
export function toDesk(data: DeskData): Desk {
  const { planSheet, heads, openConflicts, openDrafts } = data
  const { plan, seq } = planSheet
  const isCollecting = plan.state === 'collecting'
  const acceptances = acceptancesByRow(data.annotations)
  const left = leftOutOfHeads(data, acceptances)
  return {
    planId: plan.id,
    seq,
    queue: isCollecting ? queueOf(data, acceptances) : [],
    suggestions: plan.state === 'archived' ? [] : suggestionsOf(data, left),
    held: isCollecting ? heldOf(data, left) : [],
    blocked: isCollecting ? blockedOf(data, left) : [],
    openConflicts: [...openConflicts.values()].reduce((sum, count) => sum + count, 0),
    unconfirmedSpans: heads.filter(({ spansConfirmed }) => !spansConfirmed).length,
    openDrafts,
  }
}

type Place = Pick<QueuedRow, 'rowId' | 'number' | 'task' | 'lead'>

function placeOf({ parties }: DeskData, { rowId, cells }: Row): Place {
  const lead = (parties.get(rowId)?.lead ?? []).map(({ name }) => name)
  return { rowId, number: cells.number ?? '', task: cells.task ?? '', lead }
}

/** Every acceptance that was not taken back, oldest first, also of texts that the row no longer has. */
function acceptancesByRow(annotations: readonly MadeAnnotation[]): Map<string, MadeAnnotation[]> {
  return groupBy(
    annotations.filter(({ kind }) => kind === 'accept'),
    ({ rowId }) => rowId,
  )
}

type Acceptances = ReturnType<typeof acceptancesByRow>

function queueOf(data: DeskData, acceptances: Acceptances): QueuedRow[] {
  const { planSheet, heads, annotations, sentRows, parties, registry, openConflicts } = data
  const { spec } = planSheet
  const reviews = reviewsOfRows(planSheet, heads, annotations, sentRows, parties)
  const waiting = heads.filter(({ row }) => ['pending', 'returned'].includes(reviews.get(row.rowId) ?? ''))
  const standing = standingReviews(planSheet, waiting, annotations)
  const issues = groupBy(issuesOfRows(planSheet, heads, registry, annotations, true), ({ rowId = '' }) => rowId)
  const senders = groupBy(sentRows, ({ rowId }) => rowId)
  return waiting.map(({ row, ver }) => {
    const { rowId } = row
    const changes = changesSince(spec, data, row, acceptances.get(rowId)?.at(-1))
    const sent = (senders.get(rowId) ?? []).filter((sender) => isSent(sender, parties.get(rowId)))
    const count = (wanted: string) => (issues.get(rowId) ?? []).filter(({ severity }) => severity === wanted).length
    return {
      ...placeOf(data, row),
      ver,
      review: reviews.get(rowId) ?? 'none',
      ...lastHand(data, rowId, changes, sent),
      changes,
      errors: count('error'),
      warnings: count('warning'),
      openConflicts: openConflicts.get(rowId) ?? 0,
      returns: (standing.get(rowId) ?? [])
        .filter(({ kind }) => kind === 'return')
        .map(({ column, text, by, at }) => ({ ...(column !== undefined ? { column } : {}), reason: text, by, at })),
    }
  })
}

/**
 * Who made the last of the changes that are to be judged; a new 序号 is none of them. Of a row without any, who sent
 * it in last, and of one that nobody sent, who made it.
 */
function lastHand(
  { lastChanges, firsts }: DeskData,
  rowId: string,
  changes: QueuedRow['changes'],
  sent: readonly SentRow[],
): Pick<QueuedRow, 'by' | 'at' | 'hand'> {
  const judged = new Set(changes.map(({ column }) => column).filter((column) => column !== 'number'))
  const change = (lastChanges.get(rowId) ?? [])
    .filter(({ column }) => judged.has(column))
    .reduce<LastChange | undefined>((last, one) => (last && last.seq > one.seq ? last : one), undefined)
  if (change) return { by: change.by, at: change.at }
  const sender = sent
    .flatMap(({ unit, sentAt }) => (sentAt === null ? [] : [{ by: unit, at: sentAt }]))
    .reduce<{ by: string; at: string } | undefined>((last, one) => (last && last.at > one.at ? last : one), undefined)
  if (sender) return { ...sender, hand: 'sent' }
  const made = firsts.get(rowId)
  return { by: made?.by ?? '', at: made?.at ?? '', hand: 'made' }
}

/** From the row as it last passed, or was first made, to the row as it is. 序号 counts only against the first. */
function changesSince(
  spec: SheetSpec,
  { firsts }: DeskData,
  row: Row,
  accepted: MadeAnnotation | undefined,
): QueuedRow['changes'] {
  const passed = accepted && rowOfText(spec, accepted)
  const first = firsts.get(row.rowId)?.changes
  const before = passed
    ? { ...passed, cells: { ...passed.cells, ...(row.cells.number === undefined ? {} : { number: row.cells.number }) } }
    : first
      ? applyChanges({ rowId: row.rowId, cells: {} }, first)
      : row
  return diffRow(before, row).map(({ rowId: _, ...change }) => change)
}

type LeftOfHead = { head: HeadRow; left: LeftOut }

/** What was left out of rows that are there, in the order of the table; what was sent before a row passed is settled. */
function leftOutOfHeads({ heads, leftOut }: DeskData, acceptances: Acceptances): LeftOfHead[] {
  const byRow = groupBy(leftOut, ({ rowId }) => rowId)
  return heads.flatMap((head) => {
    const passedAt = acceptances.get(head.row.rowId)?.at(-1)?.at ?? ''
    return (byRow.get(head.row.rowId) ?? []).filter(({ at }) => at > passedAt).map((left) => ({ head, left }))
  })
}

const sentOf = ({ by, at, submissionId }: LeftOut) => ({ by, at, submissionId })

/** Whether the cell still reads what it read when something was left out of it: else somebody has dealt with it. */
function isAsThen({ planSheet }: DeskData, { row }: HeadRow, column: string, then: string): boolean {
  return columnOf(planSheet.spec, column) !== undefined && foldText(row.cells[column] ?? '') === foldText(then)
}

function suggestionsOf(data: DeskData, lefts: LeftOfHead[]): Suggestion[] {
  return lefts.flatMap(({ head, left }) =>
    left.notWritable
      .filter(({ column, head: then }) => isAsThen(data, head, column, then))
      .map((cell) => ({ ...placeOf(data, head.row), ...sentOf(left), ...cell })),
  )
}

function heldOf(data: DeskData, lefts: LeftOfHead[]): HeldCell[] {
  return lefts.flatMap(({ head, left }) =>
    left.held
      .filter(({ column, head: then }) => !isBlank(then) && isAsThen(data, head, column, then) && leads(data, left))
      .map(({ column, head: text }) => ({ ...placeOf(data, head.row), ...sentOf(left), column, head: text })),
  )
}

function blockedOf(data: DeskData, lefts: LeftOfHead[]): BlockedRow[] {
  return lefts
    .filter(({ left }) => left.blocked.length > 0 && leads(data, left))
    .map(({ head, left }) => ({
      ...placeOf(data, head.row),
      ...sentOf(left),
      issues: left.blocked.map(({ code, column, params }) => ({
        code,
        ...(column !== undefined ? { column } : {}),
        params,
      })),
    }))
}

/** A unit that leads the row no more can neither confirm nor mend what it sent. */
function leads({ parties }: DeskData, { rowId, unitId }: LeftOut): boolean {
  return parties.get(rowId)?.lead.some((party) => party.unitId === unitId) ?? false
}
