/** Every line of a plan's record that holds a text, with the line as it will be without it. */
import { ERASED_HASH } from '../erased.ts'
import { blackOut, findRanges, type TextForm } from './blackout.ts'
import { type Line, readLines, recordTable, type Value } from './tables.ts'

/** A line that has to change: what it is now, and its new values by column. */
export type Blackout = { table: string; line: Line; texts: Record<string, string> }

const SHEETS = '(SELECT id FROM sheet WHERE plan_id = ?1)'

/** Tables whose lines stand for themselves: which lines are the plan's, and which columns hold texts. */
const PLACES: { table: string; where: string; texts: Record<string, TextForm> }[] = [
  { table: 'row_event', where: `sheet_id IN ${SHEETS}`, texts: { changes: 'stored' } },
  {
    table: 'conflict',
    where: `sheet_id IN ${SHEETS}`,
    texts: { base: 'plain', head: 'plain', submitted: 'plain', tuples: 'stored', proposal: 'stored' },
  },
  {
    table: 'conflict_resolution',
    where: `conflict_id IN (SELECT id FROM conflict WHERE sheet_id IN ${SHEETS})`,
    texts: { reason: 'plain' },
  },
  // What a reason was given for is a text or, of a whole row, a list of them in JSON.
  { table: 'annotation', where: `sheet_id IN ${SHEETS}`, texts: { text: 'plain', of_text: 'received' } },
  {
    table: 'plan_change',
    where: `seq IN (SELECT seq FROM commit_log WHERE sheet_id IN ${SHEETS})`,
    texts: { reason: 'plain' },
  },
  {
    table: 'draft_decision',
    where: 'draft_id IN (SELECT id FROM draft WHERE plan_id = ?1)',
    texts: { reason: 'plain' },
  },
]

/** Requests that were kept: one line each, the rest of a long body or answer in pieces. */
const REQUESTS = [
  // Also those that were refused because their sender may not see the plan, and those of the county's own
  // actors that were sent to no plan of it.
  {
    table: 'submission',
    where: `(plan_id = ?1 OR instr(path, '/api/plans/' || ?1 || '/') = 1 OR plan_id = '' AND actor_id IN (
      SELECT a.id FROM actor a JOIN plan p ON p.county = a.county WHERE p.id = ?1))`,
    inLine: true,
  },
  { table: 'draft', where: 'plan_id = ?1', inLine: false },
]

const PAGE_LINES = 200

/** All lines of the plan's record that hold `secret`. One request's body at a time is in memory. */
export async function findText(db: D1Database, planId: string, secret: string): Promise<Blackout[]> {
  const found: Blackout[] = []
  for (const { table, where, texts } of PLACES) {
    const mayHold = Object.keys(texts).map((column) => `instr(${column}, ?2) > 0 OR instr(${column}, '\\') > 0`)
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const lines = await readSome(db, table, `${where} AND (${mayHold.join(' OR ')}) AND rowid > ?3`, [
        planId,
        secret,
        after,
      ])
      for (const line of lines) {
        const changed: Record<string, string> = {}
        for (const [column, form] of Object.entries(texts)) {
          const text = cellOf(table, line, column)
          if (typeof text !== 'string') continue
          const ranges = findRanges(text, secret, form)
          if (ranges.length > 0) changed[column] = blackOut([text], ranges).join('')
        }
        if (Object.keys(changed).length > 0) found.push({ table, line, texts: changed })
      }
      if (lines.length < PAGE_LINES) break
      after = lines.at(-1)!.mark
    }
  }
  for (const request of REQUESTS) found.push(...(await findInRequests(db, planId, secret, request)))
  return found
}

/** Column of a line. */
export function cellOf(table: string, line: Line, column: string): Value {
  return line.values[recordTable(table).columns.indexOf(column)] ?? null
}

async function readSome(
  db: D1Database,
  table: string,
  where: string,
  values: (string | number)[],
  order = 'rowid',
): Promise<Line[]> {
  const { columns } = recordTable(table)
  const quoted = columns.map((column, i) => `"${column}" AS v${i}`).join(', ')
  const { results } = await db
    .prepare(
      `SELECT rowid AS mark, rowid AS id, ${quoted} FROM ${table} WHERE ${where} ORDER BY ${order} LIMIT ${PAGE_LINES}`,
    )
    .bind(...values)
    .run<Record<string, unknown>>()
  return readLines(recordTable(table), results)
}

async function findInRequests(
  db: D1Database,
  planId: string,
  secret: string,
  { table, where, inLine }: (typeof REQUESTS)[number],
): Promise<Blackout[]> {
  const chunks = `${table}_chunk`
  const mayHold = inLine
    ? `(instr(body, ?2) > 0 OR instr(result, ?2) > 0 OR instr(body, '\\') > 0 OR instr(result, '\\') > 0
        OR id IN (SELECT ${table}_id FROM ${chunks}))`
    : '?2 = ?2'
  const { results } = await db
    .prepare(`SELECT rowid AS line, id FROM ${table} WHERE ${where} AND ${mayHold} ORDER BY rowid`)
    .bind(planId, secret)
    .run<{ line: number; id: string }>()
  const found: Blackout[] = []
  for (const { line: rowid, id } of results) {
    const [line] = await readSome(db, table, 'rowid = ?1', [rowid])
    const pieces = await readSome(db, chunks, `${table}_id = ?1`, [id], 'part, n')
    if (line) found.push(...blackOutRequest(table, line, pieces, secret, inLine))
  }
  return found
}

/** The lines of one request that change; with its body goes the hash of the body, in its answer too. */
function blackOutRequest(table: string, line: Line, pieces: Line[], secret: string, inLine: boolean): Blackout[] {
  const chunks = `${table}_chunk`
  const texts: Record<string, string> = {}
  const changed: Blackout[] = []
  const hash = String(cellOf(table, line, 'body_sha256'))
  let isBodyChanged = false
  for (const part of ['body', 'result'] as const) {
    const more = pieces.filter((piece) => cellOf(chunks, piece, 'part') === part)
    const before = [
      ...(inLine ? [String(cellOf(table, line, part))] : []),
      ...more.map((piece) => String(cellOf(chunks, piece, 'text'))),
    ]
    const whole = before.join('')
    const ranges = findRanges(whole, secret, part === 'body' ? 'received' : 'stored')
    if (part === 'body') isBodyChanged = ranges.length > 0
    const isHashShown = part === 'result' && isBodyChanged && whole.includes(hash)
    if (ranges.length === 0 && !isHashShown) continue
    // As long as the hash it replaces, so that the pieces keep their places.
    const source = isHashShown ? cutLike(before, whole.replaceAll(hash, ERASED_HASH)) : before
    const after = blackOut(source, ranges)
    if (inLine && after[0] !== before[0]) texts[part] = after[0] ?? ''
    for (const [i, piece] of more.entries()) {
      const index = inLine ? i + 1 : i
      const text = after[index] ?? ''
      if (text !== before[index]) changed.push({ table: chunks, line: piece, texts: { text } })
    }
  }
  if (isBodyChanged) texts.body_sha256 = ERASED_HASH
  if (Object.keys(texts).length > 0) changed.push({ table, line, texts })
  return changed
}

function cutLike(pieces: readonly string[], text: string): string[] {
  let at = 0
  return pieces.map(({ length }) => {
    at += length
    return text.slice(at - length, at)
  })
}
