/**
 * One submission on its way: what is kept of it, and how it goes on after each attempt. Pure; times
 * are milliseconds since 1970. It never holds an access key.
 */
import type { Receipt, Submission } from '../../domain/protocol.ts'

export type OutboxRecord = {
  /** The idempotency key: the same for every attempt, so that the server counts it once. */
  id: string
  planId: string
  planTitle: string
  actorId: string
  sheet: string
  /** The table as it was read: versions are written back only into a sheet that is still the same. */
  snapshot: string
  submission: Submission
  createdAt: number
  tries: number
  /** Not sent by itself before this. */
  nextAt: number
  /** `sending` that nobody is sending, after a crash, is as good as `waiting`. */
  state: 'waiting' | 'sending' | 'done' | 'refused'
  receipt?: Receipt
  /** Why the server refused, in its words. */
  refusal?: string
}

const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 5 * 60_000

/** Whether it has still to arrive. */
export function isUnsent({ state }: OutboxRecord): boolean {
  return state === 'waiting' || state === 'sending'
}

export function startSending(record: OutboxRecord): OutboxRecord {
  return { ...record, state: 'sending', tries: record.tries + 1 }
}

export function endDone(record: OutboxRecord, receipt: Receipt): OutboxRecord {
  return { ...record, state: 'done', receipt }
}

export function endRefused(record: OutboxRecord, refusal: string): OutboxRecord {
  return { ...record, state: 'refused', refusal }
}

/**
 * Waits twice as long after each attempt, up to five minutes, and at least as long as the server
 * asked. `chance` (0 to 1) takes up to half of the pause away, so that a county's panes do not all
 * come back at the same moment.
 */
export function postpone(
  record: OutboxRecord,
  { now, chance, retryAfterMs = 0 }: { now: number; chance: number; retryAfterMs?: number },
): OutboxRecord {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (record.tries - 1), LONGEST_PAUSE_MS)
  return { ...record, state: 'waiting', nextAt: now + Math.max(pause * (1 - chance / 2), retryAfterMs) }
}
