/** For the tests of the record: seals it, verifies it, and tampers with it as whoever holds the database can. */
import { env } from 'cloudflare:workers'
import { makeSeals, type SealLimits } from '../../worker/record/seal.ts'
import { type PrintedSeal, type Verification, verifyRecord } from '../../worker/record/verify.ts'
import { TEST_SERVICES } from './county.ts'

export function seal(limits?: Partial<SealLimits>, db: D1Database = env.DB): Promise<{ seals: number; lines: number }> {
  return makeSeals(db, TEST_SERVICES, limits)
}

export function verify(printed?: PrintedSeal[]): Promise<Verification> {
  return verifyRecord(async (statements) => {
    const results = await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)))
    return results.map(({ results: rows }) => rows as Record<string, unknown>[])
  }, printed)
}

/** Runs SQL past the triggers of a table, and puts them back. */
export async function tamper(table: string, sql: string): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?1",
  )
    .bind(table)
    .run<{ name: string; sql: string }>()
  await env.DB.batch([
    ...results.map(({ name }) => env.DB.prepare(`DROP TRIGGER ${name}`)),
    ...sql.split(';').map((statement) => env.DB.prepare(statement)),
    ...results.map((trigger) => env.DB.prepare(trigger.sql)),
  ])
}
