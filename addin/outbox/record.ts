/**
 * One submission on its way: what is kept of it, and how it goes on after each attempt. Pure; times
 * are milliseconds since 1970. It never holds an access key.
 */
import type { Receipt, RowOutcome, Submission } from '../../domain/protocol.ts'
import type { LeftOut } from '../exchange-state.ts'

export type OutboxRecord = {
  /** The idempotency key: the same for every attempt, so that the server counts it once. */
  id: string
  planId: string
  planTitle: string
  actorId: string
  /** Id of the access key it was put in with: under another one it goes out only once a person says so. */
  keyId?: string
  sheet: string
  /** Which copy of the workbook it was read from, as the host tells them apart. */
  copyId?: string
  /** What was entered: every row of the sheet as it stood. */
  submission: Submission
  /** What of the sheet it leaves out. */
  leftOut?: LeftOut | undefined
  /** What went out, fixed by the first attempt: under one idempotency key the body never changes. */
  sent?: Submission
  /** The submission of the same sheet that arrived last before this one, while this one has never been sent. */
  follows?: Landed
  /** Later than that of every record before it, also where the clock was set back. */
  createdAt: number
  tries: number
  /** Not sent by itself before this. */
  nextAt: number
  /** How long the last attempt asked to wait; `nextAt` counts from its end. */
  pauseMs?: number
  /** Why the last attempt brought no answer. */
  failure?: Failure
  /** `sending` that nobody is sending, after a crash, is as good as `waiting`. */
  state: 'waiting' | 'sending' | 'done' | 'refused'
  receipt?: Receipt
  /** Why the server refused, in its words. */
  refusal?: string
}

/** A submission that has arrived, and what became of its rows. */
export type Landed = { submission: Submission; outcomes: RowOutcome[]; copyId?: string | undefined }

/** No answer, an answer that is not the server's, or the server's own "not now" in its words. */
export type Failure = { kind: 'offline' } | { kind: 'unreadable'; status: number } | { kind: 'later'; sentence: string }

const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 5 * 60_000

/** Whether it has still to arrive. */
export function isUnsent({ state }: OutboxRecord): boolean {
  return state === 'waiting' || state === 'sending'
}

/** Whether it may go out by itself now; a clock that was set back since the last attempt holds nothing up. */
export function isDue({ nextAt, pauseMs = 0 }: OutboxRecord, now: number): boolean {
  return nextAt <= now || now < nextAt - pauseMs
}

/** `sent`: the body of the first attempt; every later one sends it again. */
export function startSending(record: OutboxRecord, sent: Submission): OutboxRecord {
  return { ...record, state: 'sending', tries: record.tries + 1, sent: bodyOf(record) ?? sent }
}

/** What every further attempt has to send; undefined where it has never been sent. */
export function bodyOf({ tries, sent, submission }: OutboxRecord): Submission | undefined {
  return tries > 0 ? (sent ?? submission) : undefined
}

export function endDone(record: OutboxRecord, receipt: Receipt): OutboxRecord {
  return { ...record, state: 'done', receipt, failure: undefined }
}

export function endRefused(record: OutboxRecord, refusal: string): OutboxRecord {
  return { ...record, state: 'refused', refusal, failure: undefined }
}

/**
 * Waits twice as long after each attempt, up to five minutes, and at least as long as the server
 * asked. `chance` (0 to 1) takes up to half of the pause away, so that a county's panes do not all
 * come back at the same moment.
 */
export function postpone(
  record: OutboxRecord,
  {
    now,
    chance,
    retryAfterMs = 0,
    failure,
  }: { now: number; chance: number; retryAfterMs?: number; failure?: Failure | undefined },
): OutboxRecord {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(record.tries - 1, 0), LONGEST_PAUSE_MS)
  const pauseMs = Math.max(pause * (1 - chance / 2), retryAfterMs)
  return { ...record, state: 'waiting', nextAt: now + pauseMs, pauseMs, failure }
}
