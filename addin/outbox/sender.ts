/**
 * Sends what waits in the outbox: in order within a plan, one attempt at a time over all panes, again
 * after growing pauses. Only the server's own refusal ends a record without a receipt; no answer, a
 * failing server or a page of something in between never does.
 */
import type { Receipt } from '../../domain/protocol.ts'
import { Refusal, Unreadable } from '../api.ts'
import type { Lock } from './lock.ts'
import { endDone, endRefused, isUnsent, type OutboxRecord, postpone, startSending } from './record.ts'
import type { OutboxStore } from './store.ts'

/** What the sender needs of the browser; arguments, so that tests hold the clock. */
export type SenderTools = {
  lock: Lock
  now(): number
  /** 0 to 1. */
  random(): number
  /** Runs work later; returns what takes it back. */
  schedule(work: () => void, ms: number): () => void
}

export type SenderOptions = SenderTools & {
  store: OutboxStore
  actorId: string
  lockName: string
  /** One attempt under the record's id; rejects as every call of the API does. */
  submit(record: OutboxRecord): Promise<Receipt>
  onChange(records: OutboxRecord[]): void
  /** The time for the next attempt has come: to call `send`. */
  onDue(): void
}

export type Sender = {
  /**
   * Sends what is due, with `now` all that waits, and returns the records that came to an end.
   * Rejects with the server's Refusal where it no longer knows the access key; records then wait.
   */
  send(options?: { now?: boolean }): Promise<OutboxRecord[]>
  /** Sends nothing any more. */
  stop(): void
}

/** Answers that mean "not now" rather than "no". */
const PASSING = [408, 425, 429]
const UNKNOWN_KEY = 401

export function createSender(options: SenderOptions): Sender {
  const { store, actorId } = options
  let unschedule = () => {}
  let isStopped = false

  async function sendWaiting(sendAll: boolean): Promise<OutboxRecord[]> {
    const ended: OutboxRecord[] = []
    const held = new Set<string>()
    for (const record of (await store.list(actorId)).filter(isUnsent)) {
      if (isStopped) break
      if (held.has(record.planId)) continue
      const isDue = sendAll || record.nextAt <= options.now()
      const after = isDue ? await attempt(record.id) : record
      if (after && isUnsent(after)) held.add(after.planId)
      else if (after) ended.push(after)
    }
    return ended
  }

  /** The record after one attempt; undefined where it was deleted before. */
  async function attempt(id: string): Promise<OutboxRecord | undefined> {
    const sending = await store.update(id, startSending)
    if (!sending) return undefined
    await tell()
    try {
      return await keep(endDone(sending, await options.submit(sending)))
    } catch (error) {
      if (isFinal(error)) return keep(endRefused(sending, error.body.detail))
      const retryAfterMs = error instanceof Refusal || error instanceof Unreadable ? error.retryAfterMs : undefined
      const waiting = await keep(postpone(sending, { now: options.now(), chance: options.random(), retryAfterMs }))
      if (isUnknownKey(error)) throw error
      return waiting
    }
  }

  async function keep(record: OutboxRecord): Promise<OutboxRecord> {
    await store.update(record.id, () => record)
    return record
  }

  async function tell(): Promise<OutboxRecord[]> {
    const records = await store.list(actorId)
    if (!isStopped) options.onChange(records)
    return records
  }

  function scheduleNext(records: OutboxRecord[]): void {
    unschedule()
    const at = firstTime(records)
    if (isStopped || at === undefined) return
    unschedule = options.schedule(options.onDue, Math.max(0, at - options.now()))
  }

  return {
    send: async ({ now = false } = {}) => {
      try {
        return await options.lock(options.lockName, () => sendWaiting(now))
      } finally {
        scheduleNext(await tell())
      }
    },
    stop: () => {
      isStopped = true
      unschedule()
    },
  }
}

/** When the first record that heads its plan's queue may go; those behind it wait for it. */
function firstTime(records: OutboxRecord[]): number | undefined {
  const heads = new Map<string, number>()
  for (const { planId, nextAt } of records.filter(isUnsent)) if (!heads.has(planId)) heads.set(planId, nextAt)
  return heads.size > 0 ? Math.min(...heads.values()) : undefined
}

function isUnknownKey(error: unknown): boolean {
  return error instanceof Refusal && error.body.status === UNKNOWN_KEY
}

function isFinal(error: unknown): error is Refusal {
  if (!(error instanceof Refusal) || isUnknownKey(error)) return false
  return error.body.status < 500 && !PASSING.includes(error.body.status)
}
