/** What happened to a row, of every kind, as one list in time. Pure. */
import type { ConflictBody, History, HistoryEvent, ReviewEvent } from '../../domain/protocol.ts'

/** Exactly one of `event`, `review` and `conflict` is there; `at`: when it happened, of a decided conflict when it was decided. */
export type HistoryEntry = {
  key: string
  at: string
  event?: HistoryEvent
  review?: ReviewEvent
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
    ...reviews.map((review, i) => ({ key: `review ${i}`, at: review.at, review })),
  ]
  return entries
    .map((entry, i) => ({ entry, i }))
    .sort((one, other) => other.entry.at.localeCompare(one.entry.at) || other.i - one.i)
    .map(({ entry }) => entry)
}
