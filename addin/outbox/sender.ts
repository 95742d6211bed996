/**
 * Sends what waits in the outbox: in order within a plan, one attempt at a time over all panes, again
 * after growing pauses. Only the server's own refusal ends a record without a receipt; no answer, a
 * failing server or a page of something in between never does.
 */
import type { Receipt, ServerRow, Submission } from '../../domain/protocol.ts'
import { isPassing, Offline, Refusal, Unreadable } from '../api.ts'
import type { Lock } from './lock.ts'
import { rebase } from './rebase.ts'
import {
  bodyOf,
  endDone,
  endRefused,
  type Failure,
  isDue,
  isUnsent,
  type Landed,
  type OutboxRecord,
  postpone,
  startSending,
} from './record.ts'
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
  /** Id of the access key in use. Records of another key of this actor wait until a person takes them over. */
  keyId: string
  lockName: string
  /** One attempt under the record's id; rejects as every call of the API does. */
  submit(record: OutboxRecord, submission: Submission): Promise<Receipt>
  /** The rows of a plan as they stand now; rejects likewise. */
  readRows(planId: string): Promise<ServerRow[]>
  /** The submission with its rows over what a reviewer of the unit released of earlier ones; rejects likewise. */
  followReleases(planId: string, submission: Submission): Promise<Submission>
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
      const mayGo = isOf(record, options.keyId) && (sendAll || isDue(record, options.now()))
      const after = mayGo ? await attempt(record.id) : record
      if (after && isUnsent(after)) held.add(after.planId)
      else if (after) ended.push(after)
    }
    return ended
  }

  /** The record after one attempt; undefined where it was deleted before. */
  async function attempt(id: string): Promise<OutboxRecord | undefined> {
    // Those before it in this round may have told it meanwhile that they have arrived.
    const record = await store.get(id)
    if (!record) return undefined
    try {
      const body = bodyOf(record) ?? (await firstBody(record))
      const sending = await store.update(id, (known) => startSending(known, body))
      if (!sending) return undefined
      await tell()
      return await land(id, await options.submit(sending, bodyOf(sending) ?? body))
    } catch (error) {
      if (isFinal(error)) return store.update(id, (known) => endRefused(known, error.body.detail))
      const delay = {
        now: options.now(),
        chance: options.random(),
        retryAfterMs: retryAfterOf(error),
        failure: failureOf(error),
      }
      const waiting = await store.update(id, (known) => postpone(known, delay))
      if (isUnknownKey(error)) throw error
      return waiting
    }
  }

  /**
   * What goes out the first time: brought onto the submission of the same sheet that arrived before it, and
   * onto what was released of earlier ones. Whoever may not read for that is refused the submission in its own words.
   */
  async function firstBody(record: OutboxRecord): Promise<Submission> {
    const { planId } = record
    const landed = record.follows ?? (await findLanded(record))
    const heads = landed ? await options.readRows(planId).catch(orIfFinal([])) : []
    const submission = landed ? rebase(record, landed, heads) : record.submission
    return options.followReleases(planId, submission).catch(orIfFinal(submission))
  }

  /** Where another pane put a record in just as the one before it arrived, that one is still in the store. */
  async function findLanded(record: OutboxRecord): Promise<Landed | undefined> {
    const records = await store.list(actorId)
    const earlier = records.slice(
      0,
      records.findIndex(({ id }) => id === record.id),
    )
    return earlier
      .filter((other) => other.receipt && isSameSheet(other, record))
      .map(landedOf)
      .at(-1)
  }

  /**
   * Those behind it learn of it before it ends: a crash in between sends it again, which gives the
   * same receipt, while one the other way round would leave them over their old base.
   */
  async function land(id: string, receipt: Receipt): Promise<OutboxRecord | undefined> {
    const records = await store.list(actorId)
    const at = records.findIndex((record) => record.id === id)
    const record = records[at]
    if (!record) return undefined
    const landed = landedOf(endDone(record, receipt))
    for (const other of records.slice(at + 1)) {
      const isBehind = bodyOf(other) === undefined && isSameSheet(other, record)
      if (isBehind) await store.update(other.id, (known) => ({ ...known, follows: landed }))
    }
    return store.update(id, (known) => endDone(known, receipt))
  }

  async function tell(): Promise<OutboxRecord[]> {
    const records = await store.list(actorId)
    if (!isStopped) options.onChange(records)
    return records
  }

  function scheduleNext(records: OutboxRecord[]): void {
    unschedule()
    const ms = firstPause(records, options)
    if (isStopped || ms === undefined) return
    unschedule = options.schedule(options.onDue, ms)
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

/** How long until the first record that heads its plan's queue may go; those behind it wait for it. */
function firstPause(records: OutboxRecord[], { keyId, now }: SenderOptions): number | undefined {
  const heads = new Map<string, OutboxRecord>()
  for (const record of records.filter(isUnsent)) if (!heads.has(record.planId)) heads.set(record.planId, record)
  const pauses = [...heads.values()]
    .filter((record) => isOf(record, keyId))
    .map((record) => (isDue(record, now()) ? 0 : record.nextAt - now()))
  return pauses.length > 0 ? Math.min(...pauses) : undefined
}

/** Whether it was put in under this key, or before records said under which. */
export function isOf({ keyId }: OutboxRecord, current: string): boolean {
  return keyId === undefined || keyId === current
}

function isSameSheet(one: OutboxRecord, other: OutboxRecord): boolean {
  return one.planId === other.planId && one.sheet === other.sheet
}

/**
 * Its rows as they were entered: what follows it is compared with them, not with what was cut out of
 * them. A draft changed nothing yet, so what follows it goes out whole and takes its place.
 */
function landedOf({ submission, receipt, copyId }: OutboxRecord): Landed {
  const outcomes = receipt?.draftId === undefined ? (receipt?.rows ?? []) : []
  return { submission, outcomes, copyId }
}

function retryAfterOf(error: unknown): number | undefined {
  return error instanceof Refusal || error instanceof Unreadable ? error.retryAfterMs : undefined
}

function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return { kind: 'later', sentence: error.body.detail }
  if (error instanceof Unreadable) return { kind: 'unreadable', status: error.status }
  if (!(error instanceof Offline) && !isTimeout(error)) console.error(error)
  return { kind: 'offline' }
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError'
}

function isUnknownKey(error: unknown): boolean {
  return error instanceof Refusal && error.body.status === UNKNOWN_KEY
}

/** For `catch`: the value in the place of what the server refuses for good. */
function orIfFinal<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (isFinal(error)) return value
    throw error
  }
}

function isFinal(error: unknown): error is Refusal {
  return error instanceof Refusal && !isUnknownKey(error) && !isPassing(error)
}
