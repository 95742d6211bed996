/**
 * Seals what was recorded since the last seal. Run by cron, after the commits: they never wait for it.
 * What a seal covers is read first and written in one batch, which another sealer or an erasure in
 * between takes back; so a sealer may die anywhere and leaves nothing.
 */
import type { Services } from '../env.ts'
import { chunkJson, emptyGuard } from '../store/batch.ts'
import { guardRecord, selectRecordState } from '../store/record-guard.ts'
import { drawSalt, hashContent, hashLine, hashSeal, type Page, type StoredSeal } from './hash.ts'
import {
  type Line,
  RECORD_TABLES,
  type RecordTable,
  readLines,
  SEAL_FORMAT,
  SELECT_TOPS,
  selectLines,
  selectSizes,
} from './tables.ts'

/** Of one seal; a commit's relations are not divided. Far below what a Worker can hold. */
const MAX_LINES = 2_000
const MAX_BYTES = 4_000_000
/** Of one page: small, because an erasure writes the salts of a page anew. */
const PAGE_LINES = 200
/** Of one run; the next run goes on. */
const MAX_SEALS = 30

export type SealLimits = { lines: number; bytes: number; seals: number }
const LIMITS: SealLimits = { lines: MAX_LINES, bytes: MAX_BYTES, seals: MAX_SEALS }

type Marks = Record<string, number>
type Range = { table: RecordTable; after: number; upTo: number }

/**
 * Makes seals until everything is covered, or the run has made as many as it may. Gives how many it made
 * and how many lines they cover. Where another sealer was faster it stops: that one goes on.
 */
export async function makeSeals(
  db: D1Database,
  services: Pick<Services, 'now' | 'randomBytes'>,
  limits: Partial<SealLimits> = {},
): Promise<{ seals: number; lines: number }> {
  const within = { ...LIMITS, ...limits }
  const made = { seals: 0, lines: 0 }
  while (made.seals < within.seals) {
    const lines = await makeSeal(db, services, within)
    if (lines === 0) break
    made.seals++
    made.lines += lines
  }
  return made
}

/** One seal; the number of lines it covers, 0 where there was nothing to do. */
async function makeSeal(
  db: D1Database,
  services: Pick<Services, 'now' | 'randomBytes'>,
  limits: SealLimits,
): Promise<number> {
  const [lastResult, topsResult, stateResult] = await db.batch([
    db.prepare('SELECT * FROM seal ORDER BY n DESC LIMIT 1'),
    db.prepare(SELECT_TOPS),
    selectRecordState(db),
  ])
  const [last] = (lastResult?.results ?? []) as StoredSeal[]
  const [tops = {}] = (topsResult?.results ?? []) as Record<string, number | null>[]
  const [state] = (stateResult?.results ?? []) as { seals: number; erasures: number }[]
  const marks = { ...Object.fromEntries(RECORD_TABLES.map(({ name }) => [name, 0])), ...readMarks(last) }
  const ranges = await chooseRanges(db, marks, tops, limits)
  if (ranges.length === 0 || !state) return 0

  const read = await db.batch(ranges.map(({ table, after, upTo }) => db.prepare(selectLines(table, after, upTo))))
  const pages: Page[] = []
  let count = 0
  let size = 0
  for (const [i, { table, after }] of ranges.entries()) {
    const lines = readLines(table, (read[i]?.results ?? []) as Record<string, unknown>[])
    marks[table.name] = lines.at(-1)?.mark ?? after
    count += lines.length
    size += lines.reduce((sum, { values }) => sum + values.join('').length, 0)
    pages.push(...(await makePages(table, lines, services.randomBytes)))
  }
  // What was to be sealed may have been pruned meanwhile.
  if (count === 0) return 0
  const seal = {
    n: (last?.n ?? 0) + 1,
    format: SEAL_FORMAT,
    at: services.now().toISOString(),
    marks: JSON.stringify(marks),
    content_hash: await hashContent(pages),
    previous_hash: last?.hash ?? '',
  }
  try {
    await db.batch([
      guardRecord(db, state),
      insertSeal(db, { ...seal, hash: await hashSeal(seal), size }),
      ...insertPages(db, seal.n, pages),
      emptyGuard(db),
    ])
  } catch (error) {
    // Another sealer, or an erasure, was faster.
    if (/changed_scope|append_only/.test(String(error))) return 0
    throw error
  }
  return count
}

/** Last covered mark of each table; none before the first seal. */
export function readMarks(seal: Pick<StoredSeal, 'marks'> | undefined): Marks {
  return seal ? (JSON.parse(seal.marks) as Marks) : {}
}

/** What the next seal covers. A table is begun only when the ones before it are covered to the end. */
async function chooseRanges(
  db: D1Database,
  marks: Marks,
  tops: Record<string, number | null>,
  limits: SealLimits,
): Promise<Range[]> {
  const behind = RECORD_TABLES.flatMap((table) => {
    const top = tops[table.name] ?? 0
    const after = marks[table.name] ?? 0
    return top > after ? [{ table, after, top }] : []
  })
  if (behind.length === 0) return []
  const sizes = await db.batch(
    behind.map(({ table, after, top }) => db.prepare(selectSizes(table, after, top, limits.lines))),
  )
  const ranges: Range[] = []
  let lines = 0
  let bytes = 0
  for (const [i, { table, after, top }] of behind.entries()) {
    let upTo = after
    let isFull = false
    for (const step of (sizes[i]?.results ?? []) as { mark: number; lines: number; bytes: number }[]) {
      isFull = lines > 0 && (lines + step.lines > limits.lines || bytes + step.bytes > limits.bytes)
      if (isFull) break
      lines += step.lines
      bytes += step.bytes
      upTo = step.mark
    }
    if (upTo > after) ranges.push({ table, after, upTo })
    if (isFull || upTo < top) break
  }
  return ranges
}

async function makePages(table: RecordTable, lines: Line[], random: Services['randomBytes']): Promise<Page[]> {
  const pages: Page[] = []
  for (let from = 0; from < lines.length; from += PAGE_LINES) {
    const some = lines.slice(from, from + PAGE_LINES)
    const salts = some.map(() => drawSalt(random))
    const leaves = await Promise.all(some.map(({ values }, i) => hashLine(table.name, salts[i]!, values)))
    pages.push({
      tbl: table.name,
      page: pages.length,
      first: some[0]!.mark,
      last: some.at(-1)!.mark,
      ids: JSON.stringify(some.map(({ id }) => id)),
      salts: salts.join(''),
      leaves: leaves.join(''),
    })
  }
  return pages
}

function insertSeal(db: D1Database, seal: StoredSeal): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO seal (n, format, at, marks, content_hash, previous_hash, hash, size)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
    )
    .bind(seal.n, seal.format, seal.at, seal.marks, seal.content_hash, seal.previous_hash, seal.hash, seal.size)
}

function insertPages(db: D1Database, n: number, pages: Page[]): D1PreparedStatement[] {
  return chunkJson(pages).map((chunk) =>
    db
      .prepare(
        `INSERT INTO seal_page (n, tbl, page, first, last, ids, salts, leaves)
         SELECT ?2, value ->> '$.tbl', value ->> '$.page', value ->> '$.first', value ->> '$.last', value ->> '$.ids',
           value ->> '$.salts', value ->> '$.leaves' FROM json_each(?1)`,
      )
      .bind(chunk, n),
  )
}
