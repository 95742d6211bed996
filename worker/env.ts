/**
 * What a request may touch beside its own text: the bindings, the clock, chance. In one place, so
 * that tests can set them.
 */
import type { Duty, Role } from '../domain/protocol.ts'

export type Env = {
  DB: D1Database
  ASSETS: Fetcher
  /** Secret of the deployment; keys are stored only as HMACs under it. */
  KEY_PEPPER: string
  /** Brakes on requests, for each key and for each source without one; absent: none. */
  KEY_LIMIT?: RateLimit
  SOURCE_LIMIT?: RateLimit
  /** 'off' takes the brakes away, where load is measured. */
  RATE_LIMITS?: string
}

export type Services = {
  now: () => Date
  newId: () => string
  randomBytes: (count: number) => Uint8Array
  /** Waits between tries of a commit. */
  sleep: (milliseconds: number) => Promise<void>
  /** A number from 0 up to 1, for jitter. */
  random: () => number
}

export const SYSTEM: Services = {
  now: () => new Date(),
  newId: () => crypto.randomUUID(),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  random: () => Math.random(),
}

/** County of the admin, who belongs to the deployment and not to one county. */
export const EVERY_COUNTY = '*'

/** Whoever holds the key of a request. `unitId` and a unit's name come with role `unit` only. */
export type Actor = { id: string; role: Role; name: string; county: string; unitId?: string }

/** The key of a request, as far as it bears on what the request may do. */
export type CallerKey = {
  id: string
  post: string
  duty: Duty
  /** The rows of one plan that it may write; null: all of its actor's. Ask `mayWriteRow`. */
  scope: RowScope | null
  /** Last day on which it works, in Beijing; null: no end. */
  expiresOn: string | null
}
export type RowScope = { planId: string; rows: ReadonlySet<string> }

export type Caller = { actor: Actor; key: CallerKey }

/** Whether an actor has to do with a county at all. */
export function actsFor(actor: Actor, county: string): boolean {
  return actor.county === county || actor.county === EVERY_COUNTY
}
