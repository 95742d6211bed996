/** The record as it stands in a database at the end of a run: its seals verified, its lines counted. */
import { verifyRecord } from '../../worker/record/verify.ts'

export type InspectedRecord = {
  /** What the code of `npm run verify:record` finds wrong, told as JSON. */
  findings: string[]
  /** Seals that hold, and the hash of the last. */
  seals: number
  lastHash: string
  /** Lines under seals that hold, lines that no seal covers, and lines counted in the tables. */
  sealed: number
  unsealed: number
  lines: number
}

/** Everything that is recorded, by a list of the checker's own. A relation is a line when it begins and when it ends. */
const RECORDED = [
  ...['submission', 'submission_chunk', 'draft', 'draft_chunk', 'draft_decision', 'row_event', 'conflict'],
  ...['conflict_resolution', 'annotation', 'plan_change', 'erasure', 'auth_event', 'row_unit', 'commit_log'],
]
const COUNT = [...RECORDED, 'row_unit WHERE to_seq IS NOT NULL']
  .map((from) => `(SELECT count(*) FROM ${from})`)
  .join(' + ')

export async function inspectRecord(db: D1Database): Promise<InspectedRecord> {
  const found = await verifyRecord(async (statements) => {
    const results = await db.batch(statements.map((sql) => db.prepare(sql)))
    return results.map((result) => result.results as Record<string, unknown>[])
  })
  return {
    findings: found.findings.map((finding) => JSON.stringify(finding)),
    seals: found.seals,
    lastHash: found.last?.hash ?? '',
    sealed: found.lines,
    unsealed: Object.values(found.unsealed).reduce((sum, lines) => sum + lines, 0),
    lines: (await db.prepare(`SELECT ${COUNT} AS n`).first<number>('n')) ?? 0,
  }
}
