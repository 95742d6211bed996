/**
 * 审核: 通过 and 退回 of rows, one or many, and taking either back. Each is said of the very text that was
 * shown; where a row has moved on, nothing is said of any and what is new is shown.
 */
import { annotatedText } from '../../domain/annotation.ts'
import { type AnnotationBody, MAX_ANNOTATIONS, type QueuedRow } from '../../domain/protocol.ts'
import { REVIEW_CODE } from '../../domain/review.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import { Refusal } from '../api.ts'
import type { MessageKey } from '../messages.ts'
import type { LastReview, State } from '../state.ts'
import { refreshDesk } from './desk.ts'
import { type Flow, notice, run } from './flow.ts'
import { specOf } from './reading.ts'

/** A row, or one cell of it, that was passed or sent back. */
export type ReviewedPlace = LastReview['places'][number]

/** A row at the version that the person looked at. */
export type ShownRow = { rowId: string; ver: number }

/** Whether this person passes and sends back, and writes into the master: others only read, and once the texts are fixed everybody. */
export function mayReview({ me, plan }: State): boolean {
  return me?.actor.role === 'commission' && plan?.plan.state === 'collecting'
}

/** Those that may pass together: nothing is open in them and they are as they were shown. */
export function cleanRows({ rows }: State, queue: readonly QueuedRow[]): QueuedRow[] {
  const vers = new Map(rows?.rows.map(({ rowId, ver }) => [rowId, ver]))
  return queue.filter(
    ({ rowId, ver, review, errors, openConflicts }) =>
      review === 'pending' && errors === 0 && openConflicts === 0 && vers.get(rowId) === ver,
  )
}

/** Passes rows as they are shown. */
export function acceptRows(flow: Flow, shown: readonly ShownRow[]): Promise<boolean> {
  const places = shown.map(({ rowId }) => ({ rowId }))
  return say(flow, shown, places, { kind: 'accept', text: '' }, 'busy.accept', {
    text: 'review.accepted',
    params: { count: shown.length },
  })
}

/** Sends back one cell, or without `column` the row, with the reason that its unit reads there. True where it was done. */
export function returnRow(flow: Flow, shown: ShownRow, column: string | undefined, reason: string): Promise<boolean> {
  const place = { rowId: shown.rowId, ...(column !== undefined && { column }) }
  return say(flow, [shown], [place], { kind: 'return', text: reason }, 'busy.return', { text: 'review.returned' })
}

/** Takes back a passing or sending back; the rows wait again. */
export function withdrawReview(flow: Flow, places: readonly ReviewedPlace[]): Promise<boolean> {
  const rowIds = new Set(places.map(({ rowId }) => rowId))
  const rows = (flow.state().rows?.rows ?? []).filter(({ rowId }) => rowIds.has(rowId))
  return say(flow, rows, places, { kind: 'withdrawal', text: '' }, 'busy.withdraw', { text: 'review.withdrawn' })
}

type Saying = Pick<AnnotationBody, 'kind' | 'text'>

async function say(
  flow: Flow,
  shown: readonly ShownRow[],
  places: readonly ReviewedPlace[],
  saying: Saying,
  busy: MessageKey,
  said: { text: MessageKey; params?: Record<string, number> },
): Promise<boolean> {
  // Put together at once: a retry must send the same under the same keys, and of what was shown.
  const annotations = annotationsOf(flow, shown, places, saying)
  const parts: { key: string; annotations: AnnotationBody[] }[] = []
  for (let at = 0; at < annotations.length; at += MAX_ANNOTATIONS)
    parts.push({ key: flow.newId(), annotations: annotations.slice(at, at + MAX_ANNOTATIONS) })
  let isSaid = false
  await run(flow, busy, async ({ progress }) => {
    const planId = flow.state().plan?.plan.id
    if (planId === undefined) return
    const sent: ReviewedPlace[] = []
    try {
      if (annotations.length < places.length) return await tellMoved(flow, sent)
      for (const { key, annotations } of parts) {
        await flow.api.annotate(planId, { annotations }, key)
        sent.push(...annotations.map(({ rowId, column }) => ({ rowId, ...(column !== undefined && { column }) })))
        flow.dispatch({ type: 'reviewed', last: lastOf(saying, sent) })
        progress(sent.length, places.length)
      }
    } catch (error) {
      if (!(error instanceof Refusal) || error.body.code !== 'row-changed') throw error
      return tellMoved(flow, sent)
    }
    isSaid = true
    await refreshDesk(flow)
    notice(flow, { tone: 'success', ...said })
  })
  return isSaid
}

/** One for each place whose row is still known as it was shown. */
function annotationsOf(
  flow: Flow,
  shown: readonly ShownRow[],
  places: readonly ReviewedPlace[],
  saying: Saying,
): AnnotationBody[] {
  const spec = specOf(flow)
  const vers = new Map(shown.map(({ rowId, ver }) => [rowId, ver]))
  const rows = new Map(flow.state().rows?.rows.map((row) => [row.rowId, row]))
  return places.flatMap((place) => {
    const row = rows.get(place.rowId)
    if (!row || row.ver !== vers.get(place.rowId)) return []
    const of = { ...place, code: REVIEW_CODE }
    return [{ ...of, ...saying, ofText: annotatedText(spec, row, of) }]
  })
}

function lastOf({ kind }: Saying, places: ReviewedPlace[]): LastReview | undefined {
  return kind === 'accept' || kind === 'return' ? { kind, places: [...places] } : undefined
}

/** Shows what has changed meanwhile; what the person wrote stays where it is. */
async function tellMoved(flow: Flow, sent: readonly ReviewedPlace[]): Promise<void> {
  await refreshDesk(flow)
  notice(
    flow,
    sent.length === 0
      ? { tone: 'warning', text: 'review.moved' }
      : { tone: 'warning', text: 'review.movedAfter', params: { count: sent.length } },
  )
}

/** Cells of a row that can be sent back: those that a unit writes and that no merged cell covers. */
export function returnableColumns(spec: SheetSpec, cells: Readonly<Record<string, string>>): string[] {
  return spec.columns.flatMap(({ key, writer }) => (writer === 'lead' && cells[key] !== undefined ? [key] : []))
}
