/** What happened to a row, of every kind, as one list in time. Pure. */
import type { ConflictBody, History, HistoryEvent, ReviewEvent } from '../../domain/protocol.ts'

/** Exactly one of `event`, `review` and `conflict` is there; `at`: when it happened, of a decided conflict when it was decided. */
export type HistoryEntry = {
  key: string
  at: string
  event?: HistoryEvent
  review?: ReviewEvent
  /** Of a return: the change of what was sent back that came next, which ended it. */
  mended?: HistoryEvent
  conflict?: ConflictBody
}

/** Newest first; of one moment, what was recorded later comes first. */
export function entriesOf({ events, reviews = [], conflicts = [] }: History): HistoryEntry[] {
  const entries: HistoryEntry[] = [
    ...[...events]
      .sort((one, other) => one.seq - other.seq)
      .map((event) => ({ key: `event ${event.seq}`, at: event.at, event })),
    ...conflicts.map((conflict) => ({
      key: `conflict ${conflict.id}`,
      at: conflict.resolution?.at ?? conflict.at,
      conflict,
    })),
    ...reviews.map((review, i) => {
      const mended = findMended(review, { events, reviews })
      return { key: `review ${i}`, at: review.at, review, ...(mended && { mended }) }
    }),
  ]
  return entries
    .map((entry, i) => ({ entry, i }))
    .sort((one, other) => other.entry.at.localeCompare(one.entry.at) || other.i - one.i)
    .map(({ entry }) => entry)
}

/** The first change of a text that was sent back; none where the return was settled or taken back before. */
function findMended({ kind, column, at }: ReviewEvent, { events, reviews = [] }: History): HistoryEvent | undefined {
  if (kind !== 'return') return undefined
  const next = [...events]
    .sort((one, other) => one.seq - other.seq)
    .find(
      (event) =>
        event.at > at &&
        event.changes.some((change) => (column === undefined ? change.column !== 'number' : change.column === column)),
    )
  const isSettled = reviews.some(
    (review) =>
      review.at > at &&
      next !== undefined &&
      review.at < next.at &&
      (review.kind === 'accept' || (review.kind === 'withdrawal' && review.column === column)),
  )
  return isSettled ? undefined : next
}
