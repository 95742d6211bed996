/**
 * Verifies the record: every seal against the one before, against its pages, and its pages against the
 * lines themselves; then that kept bodies are what their hashes say, and rows what their events say.
 * Reads through one function of plain SQL, so that it runs in workerd, over wrangler and over a backup.
 */
import { checkBodies, newBodyCheck } from './check-bodies.ts'
import { checkPages } from './check-pages.ts'
import { checkRows } from './check-rows.ts'
import { type Excuses, readExcuses } from './excuses.ts'
import { type Finding, firstFinding } from './finding.ts'
import { hashContent, hashSeal, type Page, type StoredSeal } from './hash.ts'
import { type Line, RECORD_TABLES, readLines, SEAL_FORMAT, SELECT_TOPS, selectLines } from './tables.ts'

export type { Finding, FindingKind } from './finding.ts'

/** Answers several statements of SQL at once, each with its rows as objects. */
export type ReadRecord = (statements: string[]) => Promise<Record<string, unknown>[][]>

export type Verification = {
  /** Seals and lines that hold. */
  seals: number
  lines: number
  /** The last seal that holds. */
  last: StoredSeal | undefined
  /** Lines of each table that no seal covers yet. */
  unsealed: Record<string, number>
  /** Lines in which a text was blacked out, and refused keys that were pruned, as the record itself says. */
  erased: number
  pruned: number
  /** The first broken link, and what else is wrong in the same place; empty where everything holds. */
  findings: Finding[]
}

/** A seal as somebody kept it on paper: its number and its hash or the beginning of it. */
export type PrintedSeal = { n: number; hash: string }

/** Seals that are read at once, and characters of the lines under them. */
const RUN = { seals: 500, size: 8_000_000 }

/** Verifies the whole record. `printed`: seals known from outside, which must be among those stored. */
export async function verifyRecord(read: ReadRecord, printed: readonly PrintedSeal[] = []): Promise<Verification> {
  const [sealRows = [], topRows = [], orphans = [], ...excuseRows] = await read([
    'SELECT * FROM seal ORDER BY n',
    SELECT_TOPS,
    'SELECT n FROM seal_page WHERE n NOT IN (SELECT n FROM seal) ORDER BY n LIMIT 1',
    ...readExcuses.statements,
  ])
  const seals = sealRows as unknown as StoredSeal[]
  const tops = (topRows[0] ?? {}) as Record<string, number | null>
  const excuses = readExcuses.from(excuseRows)
  const result: Verification = {
    seals: 0,
    lines: 0,
    last: undefined,
    unsealed: {},
    erased: excuses.erased.size,
    pruned: excuses.pruned.size,
    findings: [],
  }
  const bodies = newBodyCheck()
  let before: StoredSeal | undefined
  for (const run of cutRuns(seals)) {
    const pages = (await read([selectPages(run)])).flat() as unknown as (Page & { n: number })[]
    // A seal's own links first: lines are looked at only under seals that can be believed.
    let sound = run
    for (const [i, seal] of run.entries()) {
      const own = pages.filter(({ n }) => n === seal.n)
      const finding = await checkSeal(seal, i === 0 ? before : run[i - 1], own)
      if (finding) {
        sound = run.slice(0, i)
        result.findings.push(finding)
        break
      }
    }
    const lines = await readRun(read, before, sound.at(-1))
    for (const seal of sound) {
      const own = pages.filter(({ n }) => n === seal.n)
      const found = await checkPages({ seal, before, pages: own, lines, excuses })
      if (found.length > 0) {
        result.findings.unshift(...found)
        break
      }
      result.seals++
      result.lines += own.reduce((sum, { ids }) => sum + (JSON.parse(ids) as unknown[]).length, 0)
      result.last = seal
      before = seal
    }
    if (result.findings.length > 0) break
    result.findings.push(...(await checkBodies(bodies, lines, excuses, run.at(-1)!.n)))
    if (result.findings.length > 0) break
  }
  if (result.findings.length > 0) return result
  await checkTail(read, result, before, tops, bodies, excuses)
  const stray = await firstFinding([
    () => checkPrinted(seals, printed),
    async () => orphans.map(({ n }) => ({ seal: Number(n), kind: 'seal-missing' as const })),
    () => checkRows(read),
  ])
  result.findings.push(...stray)
  return result
}

function* cutRuns(seals: StoredSeal[]): Generator<StoredSeal[]> {
  for (let from = 0; from < seals.length; ) {
    let to = from + 1
    let size = seals[from]!.size
    while (to < seals.length && to - from < RUN.seals && size + seals[to]!.size <= RUN.size) size += seals[to++]!.size
    yield seals.slice(from, to)
    from = to
  }
}

function selectPages(run: StoredSeal[]): string {
  return `SELECT n, tbl, page, first, last, ids, salts, leaves FROM seal_page
    WHERE n >= ${run[0]!.n} AND n <= ${run.at(-1)!.n} ORDER BY n, rowid`
}

/** The chain: number, hash before, own hash, content. */
async function checkSeal(
  seal: StoredSeal,
  before: StoredSeal | undefined,
  pages: Page[],
): Promise<Finding | undefined> {
  const at = { seal: seal.n }
  if (seal.n !== (before?.n ?? 0) + 1) return { ...at, kind: 'seal-missing' }
  if (seal.format !== SEAL_FORMAT) return { ...at, kind: 'seal-format' }
  if (seal.previous_hash !== (before?.hash ?? '')) return { ...at, kind: 'chain-broken' }
  if (seal.hash !== (await hashSeal(seal))) return { ...at, kind: 'seal-changed' }
  if (seal.content_hash !== (await hashContent(pages))) return { ...at, kind: 'content-changed' }
  return undefined
}

/** The lines of all tables that a run of seals covers. */
async function readRun(
  read: ReadRecord,
  before: StoredSeal | undefined,
  last: StoredSeal | undefined,
): Promise<Map<string, Line[]>> {
  if (!last) return new Map()
  const to = marksOf(last)
  const from = before && marksOf(before)
  const tables = RECORD_TABLES.filter(({ name }) => (to[name] ?? 0) > (from?.[name] ?? 0) || !from)
  const results = await read(tables.map((table) => selectLines(table, from?.[table.name], to[table.name] ?? 0)))
  return new Map(tables.map((table, i) => [table.name, readLines(table, results[i] ?? [])]))
}

/** Last covered mark of each table. */
export function marksOf(seal: Pick<StoredSeal, 'marks'>): Record<string, number> {
  return JSON.parse(seal.marks) as Record<string, number>
}

/** What no seal covers yet: counted, and its bodies checked. */
async function checkTail(
  read: ReadRecord,
  result: Verification,
  last: StoredSeal | undefined,
  tops: Record<string, number | null>,
  bodies: ReturnType<typeof newBodyCheck>,
  excuses: Excuses,
): Promise<void> {
  const marks = last ? marksOf(last) : {}
  const behind = RECORD_TABLES.filter(({ name }) => (tops[name] ?? 0) > (marks[name] ?? 0))
  if (behind.length === 0) return
  const results = await read(behind.map((table) => selectLines(table, marks[table.name], tops[table.name] ?? 0)))
  const lines = new Map(behind.map((table, i) => [table.name, readLines(table, results[i] ?? [])]))
  for (const [name, own] of lines) result.unsealed[name] = own.length
  result.findings.push(...(await checkBodies(bodies, lines, excuses, undefined)))
}

async function checkPrinted(seals: StoredSeal[], printed: readonly PrintedSeal[]): Promise<Finding[]> {
  return printed.flatMap(({ n, hash }): Finding[] => {
    const stored = seals.find((seal) => seal.n === n)
    if (stored?.hash.startsWith(hash.toLowerCase())) return []
    return [{ seal: n, kind: stored ? 'printed-differs' : 'printed-missing' }]
  })
}
