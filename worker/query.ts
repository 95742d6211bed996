/** The query of a request: what it may ask, and nothing that could be taken for something else. */
import type { Description } from './endpoint.ts'
import { Refusal } from './refusal.ts'

/**
 * Whether a write is only to be tried. Throws invalid for a query that the endpoint does not know: a
 * mistyped dryRun must not become a real write.
 */
export function readDryRun(query: URLSearchParams, { query: known = {} }: Description): boolean {
  const stray = [...query.keys()].find((name) => !(name in known))
  if (stray !== undefined) throw invalidQuery(stray)
  const given = query.getAll('dryRun')
  if (given.length > 1 || given.some((value) => value !== '0' && value !== '1')) throw invalidQuery('dryRun')
  return given[0] === '1'
}

/** A parameter that may only be one of some words, or be left out. Throws invalid. */
export function readChoice<Word extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const [given, ...more] = query.getAll(name)
  if (given === undefined) return undefined
  const word = words.find((candidate) => candidate === given)
  if (word === undefined || more.length > 0) throw invalidQuery(name)
  return word
}

/** A whole number from `min` to `max`, or undefined where it is left out. Throws invalid. */
export function readCount(
  query: URLSearchParams,
  name: string,
  { min, max }: { min: number; max: number },
): number | undefined {
  const [given, ...more] = query.getAll(name)
  if (given === undefined) return undefined
  const count = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN
  if (!(count >= min && count <= max) || more.length > 0) throw invalidQuery(name)
  return count
}

/** A parameter of a certain form, or undefined where it is left out. Throws invalid. */
export function readForm(query: URLSearchParams, name: string, form: RegExp): string | undefined {
  const [given, ...more] = query.getAll(name)
  if (given === undefined) return undefined
  if (!form.test(given) || more.length > 0) throw invalidQuery(name)
  return given
}

function invalidQuery(name: string): Refusal {
  return new Refusal('invalid', { count: 1 }, [{ pointer: '', detail: `?${name}` }])
}
