/** Compares the lines under one seal with what the seal says about them. */
import type { Excuses } from './excuses.ts'
import { lineKey } from './excuses.ts'
import type { Finding } from './finding.ts'
import { cutDigits, hashLine, LEAF_DIGITS, type Page, SALT_DIGITS, type StoredSeal } from './hash.ts'
import { type Line, RECORD_TABLES, type RecordTable } from './tables.ts'

/** `lines`: of this seal and perhaps of later ones, by table. */
export type PagesToCheck = {
  seal: StoredSeal
  before: StoredSeal | undefined
  pages: Page[]
  lines: Map<string, Line[]>
  excuses: Excuses
}

/** Everything that differs under one seal, in the order of its tables and lines. */
export async function checkPages({ seal, before, pages, lines, excuses }: PagesToCheck): Promise<Finding[]> {
  const marks = JSON.parse(seal.marks) as Record<string, number>
  const marksBefore = before ? (JSON.parse(before.marks) as Record<string, number>) : {}
  const findings: Finding[] = []
  for (const table of RECORD_TABLES) {
    const own = pages.filter(({ tbl }) => tbl === table.name)
    const mark = marks[table.name] ?? 0
    const markBefore = marksBefore[table.name] ?? 0
    if (mark !== (own.at(-1)?.last ?? markBefore)) {
      findings.push({ kind: 'marks-changed', seal: seal.n, table: table.name })
    }
    // The first seal covers from wherever the lines begin.
    const there = (lines.get(table.name) ?? []).filter(
      (line) => line.mark <= mark && (before === undefined || line.mark > markBefore),
    )
    findings.push(...(await checkTable(seal.n, table, own, there, excuses)))
  }
  return findings
}

async function checkTable(
  seal: number,
  table: RecordTable,
  pages: Page[],
  there: Line[],
  excuses: Excuses,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const byId = new Map(there.map((line) => [String(line.id), line]))
  const changed: { id: string; salt: string; leaf: string; line: Line }[] = []
  for (const page of pages) {
    const ids = (JSON.parse(page.ids) as (string | number)[]).map(String)
    const salts = cutDigits(page.salts, SALT_DIGITS)
    const leaves = cutDigits(page.leaves, LEAF_DIGITS)
    for (const [i, id] of ids.entries()) {
      const line = byId.get(id)
      byId.delete(id)
      const [salt = '', leaf = ''] = [salts[i], leaves[i]]
      if (!line) {
        const isPruned = table.name === 'auth_event' && excuses.pruned.has(Number(id))
        if (!isPruned) findings.push({ kind: 'line-missing', seal, table: table.name, line: id })
        continue
      }
      const now = await hashLine(table.name, salt, line.values)
      if (now === leaf) continue
      const erasures = (excuses.erased.get(lineKey(table.name, id)) ?? []).filter(({ before }) => before !== null)
      if (erasures.length === 0) changed.push({ id, salt, leaf, line })
      else if (!explains(erasures, leaf, now)) {
        findings.push({ kind: 'erasure-differs', seal, table: table.name, line: id })
      }
    }
  }
  for (const line of byId.values())
    findings.push({ kind: 'line-added', seal, table: table.name, line: String(line.id) })
  return [...(await nameChanged(seal, table, changed)), ...findings]
}

/** Whether erasures lead from the sealed hash to the present one, each going on where the one before ended. */
function explains(erasures: { before: string | null; after: string | null }[], sealed: string, now: string): boolean {
  let at: string | null = sealed
  for (const { before, after } of erasures) {
    if (before !== at) return false
    at = after
  }
  return at === now
}

/** How many changed lines are tried against each other; beyond, they are just changed. */
const MAX_SWAPPED = 50

/** A line that now stands in another's place was swapped with it. */
async function nameChanged(
  seal: number,
  table: RecordTable,
  changed: { id: string; salt: string; leaf: string; line: Line }[],
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { id, salt, leaf } of changed) {
    let other: string | undefined
    for (const candidate of changed.length <= MAX_SWAPPED ? changed : []) {
      if (candidate.id === id) continue
      if ((await hashLine(table.name, salt, candidate.line.values)) === leaf) other = candidate.id
    }
    const at = { seal, table: table.name, line: id }
    findings.push(other === undefined ? { kind: 'line-changed', ...at } : { kind: 'lines-swapped', ...at, other })
  }
  return findings
}
