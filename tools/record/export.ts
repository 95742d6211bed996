/** 操作记录 read from a database page by page, and the record of having done so. */
import type { Seal } from '../../domain/protocol.ts'
import { endOfDay, startOfDay } from '../../worker/beijing-date.ts'
import { EVERY_COUNTY } from '../../worker/env.ts'
import { marksOf } from '../../worker/record/verify.ts'
import { auditQuery, readAudit } from '../../worker/store/record-audit.ts'
import { type Database, queryDatabase } from '../wrangler.ts'

const PAGE = 2_000

export type Summary = { count: number; seal: Seal | null; unsealed: number }

/**
 * The lines of an export, last of all the summary; `summary` gives it again once they are read. Days are
 * dates in Beijing, both included.
 */
export function exportRecord(
  database: Database,
  from: string,
  to: string,
): { lines: AsyncGenerator<string>; summary: () => Summary } {
  const done: Summary = { count: 0, seal: null, unsealed: 0 }
  async function* lines(): AsyncGenerator<string> {
    const [[stored] = []] = await queryDatabase(database, [
      'SELECT n, at, hash, marks FROM seal ORDER BY n DESC LIMIT 1',
    ])
    const seal = stored as (Omit<Seal, 'upToSeq'> & { marks: string }) | undefined
    const marks = seal ? marksOf(seal) : {}
    if (seal) done.seal = { n: seal.n, at: seal.at, hash: seal.hash, upToSeq: marks.commit_log ?? 0 }
    for (let cursor: string | undefined; ; ) {
      const query = auditQuery({
        county: EVERY_COUNTY,
        from: startOfDay(from),
        to: endOfDay(to),
        cursor,
        limit: PAGE,
      })
      const [rows = []] = await queryDatabase(database, [inlineValues(query.sql, query.values)])
      for (const { entry, source, line } of readAudit(rows)) {
        done.count++
        if (line > (marks[source] ?? 0)) done.unsealed++
        cursor = entry.cursor
        yield `${JSON.stringify(entry)}\n`
      }
      if (rows.length < PAGE) break
    }
    yield `${JSON.stringify({ from, to, ...done })}\n`
  }
  return { lines: lines(), summary: () => done }
}

/** Records that an export was made, by the admin of the deployment. */
export async function recordExport(
  database: Database,
  detail: { from: string; to: string; count: number },
  requestId: string,
  at: Date,
): Promise<void> {
  const sql = `INSERT INTO auth_event (at, kind, key_id, actor_id, request_id, county, detail)
    SELECT ?1, 'record-exported', '', (SELECT id FROM actor WHERE role = 'admin' ORDER BY id LIMIT 1), ?2, ?3, ?4`
  await queryDatabase(database, [
    inlineValues(sql, [at.toISOString(), requestId, EVERY_COUNTY, JSON.stringify(detail)]),
  ])
}

/** SQL with its values in place of ?1, ?2 …, as wrangler binds none. */
function inlineValues(sql: string, values: readonly (string | number)[]): string {
  return sql.replace(/\?(\d+)/g, (_, number: string) => {
    const value = values[Number(number) - 1] ?? ''
    return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
  })
}
