/**
 * Checkers that outlive a request. The desk and the master are read after every decision, and most rows read as
 * they did before; a checker looks only at the others. What it finds follows from what it is given alone, so it
 * does not matter which request, or whose, made it look.
 */
import { type Checker, createChecker } from '../domain/check.ts'
import type { HeadRow } from './store/rows.ts'

/** A checker keeps texts that rows once had. Beyond so many characters a new one begins; 8 MB of 128 for each plan. */
const MOST_CHARACTERS = 4_000_000
const MOST_PLANS = 3

/** `vers`: versions of the rows that it saw last; `size`: characters of all texts that it ever saw. */
type Lasting = { check: Checker; vers: Map<string, number>; size: number }

/** By plan, the one that was used last at the end. */
const lasting = new Map<string, Lasting>()

/** A checker for the whole table of a plan, which may remember rows that have not changed since. */
export function checkerOf(planId: string, heads: readonly HeadRow[]): Checker {
  const known = lasting.get(planId)
  lasting.delete(planId)
  const unseen = heads.filter(({ row, ver }) => known?.vers.get(row.rowId) !== ver)
  const size = (known?.size ?? 0) + sizeOf(unseen)
  const begins = known === undefined || size > MOST_CHARACTERS
  const next: Lasting = {
    check: begins ? createChecker() : known.check,
    vers: new Map(heads.map(({ row, ver }) => [row.rowId, ver])),
    size: begins ? sizeOf(heads) : size,
  }
  if (next.size <= MOST_CHARACTERS) lasting.set(planId, next)
  const [oldest] = lasting.keys()
  if (lasting.size > MOST_PLANS && oldest !== undefined) lasting.delete(oldest)
  return next.check
}

function sizeOf(heads: readonly HeadRow[]): number {
  return heads.reduce(
    (sum, { row }) => sum + Object.values(row.cells).reduce((length, text) => length + text.length, 0),
    0,
  )
}
