/**
 * Blacks out a personal text that was typed by mistake, in every place of a plan's record. The only
 * write that changes lines of the record; each is named by an erasure in the same batch, with its hash
 * before and after, and gets another salt, so that the seal over it tells nothing about the text.
 */
import type { EraseText, TextErased } from '../../domain/protocol.ts'
import type { Call } from '../endpoint.ts'
import { ERASED_MARK } from '../erased.ts'
import { Refusal } from '../refusal.ts'
import { insertAuthEvents } from '../store/auth-events.ts'
import { batchFailure, type Expected, emptyGuard, forEachChunk, guardStatement, runBatch } from '../store/batch.ts'
import { findPlan, type PlanSheet } from '../store/plans.ts'
import { guardRecord, type RecordState, selectRecordState } from '../store/record-guard.ts'
import { type Blackout, cellOf, findText } from './find-text.ts'
import { cutDigits, drawSalt, hashLine, SALT_DIGITS } from './hash.ts'
import { recordTable } from './tables.ts'

const MAX_TRIES = 4
/** Of one batch: lines, and characters of their texts. A line that alone has more gets a batch of its own. */
const BATCH_LINES = 100
const BATCH_CHARS = 400_000
/** D1 takes values up to 2,000,000 bytes; marks may be longer than what they stand for. */
const MAX_BYTES = 1_900_000

/** A deleted row whose last cells hold the text. */
type DeletedRow = { rowId: string; ver: number; cells: string }

/**
 * Erases a text from the record of a plan; again, where nothing is left, it erases nothing. Throws
 * plan-not-found, invalid, text-still-shown, changes-too-large, and busy where others kept writing.
 */
export async function eraseText(call: Call<EraseText>): Promise<TextErased> {
  const { db, params, body, caller } = call
  refuseText(body)
  const done = { lines: 0 }
  for (let tries = 1; ; tries++) {
    const planSheet = await findPlan(db, params.plan ?? '', caller.actor)
    const [state] = (await selectRecordState(db).run<RecordState>()).results
    if (!state) throw new Error('no state of the record')
    await refuseShown(db, planSheet, body.text)
    const found = await findText(db, planSheet.plan.id, body.text)
    await refuseOpenDrafts(db, found)
    const deleted = await findDeletedRows(db, planSheet, body.text)
    try {
      await eraseAll(call, planSheet, state, found, deleted, done)
      return { erased: done.lines, marker: ERASED_MARK }
    } catch (error) {
      if (error instanceof Refusal || batchFailure(error) === 'other') throw error
      if (tries === MAX_TRIES) throw new Refusal('busy')
    }
  }
}

/** The reason is kept, so it must not say what is erased; the mark cannot be erased. */
function refuseText({ text, reason }: EraseText): void {
  const pointers = [
    ...(text.trim().length < 2 || ERASED_MARK.includes(text) || text.includes(ERASED_MARK)
      ? [{ pointer: '/text', detail: 'too short, or the mark itself' }]
      : []),
    ...(reason.includes(text.trim()) ? [{ pointer: '/reason', detail: 'holds the text' }] : []),
  ]
  if (pointers.length > 0) throw new Refusal('invalid', { count: pointers.length }, pointers)
}

/** What people still see is changed by them, in the open; only what is past is blacked out. */
async function refuseShown(db: D1Database, { sheetId, plan }: PlanSheet, text: string): Promise<void> {
  const inJson = JSON.stringify(text).slice(1, -1)
  const shown = await db
    .prepare(
      `SELECT (SELECT count(*) FROM row_state r, json_each(r.cells) c
           WHERE r.sheet_id = ?1 AND r.deleted = 0 AND instr(c.value, ?2) > 0)
         + (SELECT count(*) FROM conflict c LEFT JOIN conflict_resolution x ON x.conflict_id = c.id
           WHERE c.sheet_id = ?1 AND x.seq IS NULL
             AND (instr(coalesce(c.base, ''), ?2) > 0 OR instr(coalesce(c.head, ''), ?2) > 0
               OR instr(coalesce(c.submitted, ''), ?2) > 0
               OR instr(coalesce(c.tuples, ''), ?3) > 0 OR instr(coalesce(c.proposal, ''), ?3) > 0))
         + (SELECT count(*) FROM plan WHERE id = ?4
           AND (instr(title, ?2) > 0 OR instr(coalesce(document_number, ''), ?2) > 0 OR instr(layout, ?3) > 0)) AS n`,
    )
    .bind(sheetId, text, inJson, plan.id)
    .first<{ n: number }>()
  if (shown && shown.n > 0) throw new Refusal('text-still-shown', { count: shown.n })
}

/** A draft that still waits would bring back a text that was blacked out in it. */
async function refuseOpenDrafts(db: D1Database, found: Blackout[]): Promise<void> {
  const ids = found.flatMap(({ table, line }) =>
    table === 'draft' ? [cellOf(table, line, 'id')] : table === 'draft_chunk' ? [cellOf(table, line, 'draft_id')] : [],
  )
  if (ids.length === 0) return
  const open = await db
    .prepare(
      `SELECT count(DISTINCT value) AS n FROM json_each(?1) WHERE value NOT IN (SELECT draft_id FROM draft_decision)`,
    )
    .bind(JSON.stringify(ids))
    .first<{ n: number }>()
  if (open && open.n > 0) throw new Refusal('text-still-shown', { count: open.n })
}

async function findDeletedRows(db: D1Database, { sheetId }: PlanSheet, text: string): Promise<DeletedRow[]> {
  const { results } = await db
    .prepare('SELECT row_id, ver, cells FROM row_state WHERE sheet_id = ?1 AND deleted = 1')
    .bind(sheetId)
    .run<{ row_id: string; ver: number; cells: string }>()
  return results.flatMap(({ row_id: rowId, ver, cells }) => {
    const before = Object.entries(JSON.parse(cells) as Record<string, string>)
    const after = before.map(([column, cell]) => [column, cell.replaceAll(text, ERASED_MARK)])
    const json = JSON.stringify(Object.fromEntries(after))
    return json === JSON.stringify(Object.fromEntries(before)) ? [] : [{ rowId, ver, cells: json }]
  })
}

/**
 * Events of deleted rows go in one batch with the rows that follow from them, the rest in several: each
 * is complete in itself, `done` counts them, and asking again takes up what is left.
 */
async function eraseAll(
  call: Call<EraseText>,
  planSheet: PlanSheet,
  state: RecordState,
  found: Blackout[],
  deleted: DeletedRow[],
  done: { lines: number },
): Promise<void> {
  const gone = new Set(deleted.map(({ rowId }) => rowId))
  const isOfDeleted = ({ table, line }: Blackout) =>
    table === 'row_event' && gone.has(String(cellOf(table, line, 'row_id')))
  const batches = [
    ...(deleted.length > 0 ? [found.filter(isOfDeleted)] : []),
    ...cutBatches(found.filter((blackout) => !isOfDeleted(blackout))),
  ]
  let { erasures } = state
  for (const [i, some] of batches.entries()) {
    await eraseSome(call, planSheet, { ...state, erasures }, some, i === 0 ? deleted : [])
    erasures += some.length
    done.lines += some.length
  }
}

function cutBatches(found: Blackout[]): Blackout[][] {
  const batches: Blackout[][] = []
  let room = 0
  for (const blackout of found) {
    const size = sizeOf(blackout)
    if (size > room || batches.at(-1)?.length === BATCH_LINES) {
      batches.push([])
      room = BATCH_CHARS
    }
    room -= size
    batches.at(-1)?.push(blackout)
  }
  return batches
}

function sizeOf({ texts }: Blackout): number {
  return Math.max(1, Object.values(texts).join('').length)
}

async function eraseSome(
  { db, caller, services, requestId, body }: Call<EraseText>,
  { plan, sheetId, epoch }: PlanSheet,
  state: RecordState,
  some: Blackout[],
  deleted: DeletedRow[],
): Promise<void> {
  const at = services.now().toISOString()
  const expected: Expected[] = deleted.map(({ rowId, ver }) => ({ rowId, ver }))
  const { erasures, pages } = await resalt(db, some, services.randomBytes)
  const tables = [...new Set(some.map(({ table }) => table))]
  await runBatch(db, [
    guardStatement(db, { keyId: caller.key.id, at, sheetId, epoch, expected }),
    guardRecord(db, state),
    ...forEachChunk(
      db,
      `INSERT INTO erasure (act, plan_id, tbl, line, old_leaf, new_leaf, at)
       SELECT ?2, ?3, value ->> '$.table', value ->> '$.line', value ->> '$.before', value ->> '$.after', ?4
       FROM json_each(?1)`,
      erasures,
      requestId,
      plan.id,
      at,
    ),
    db.prepare('INSERT INTO erasing (tbl, line) SELECT tbl, line FROM erasure WHERE id > ?1').bind(state.erasures),
    ...tables.flatMap((table) => updateTexts(db, table, some)),
    ...forEachChunk(
      db,
      `UPDATE seal_page SET salts = e.value ->> '$.salts' FROM json_each(?1) e
       WHERE n = e.value ->> '$.n' AND tbl = e.value ->> '$.tbl' AND page = e.value ->> '$.page'`,
      pages,
    ),
    ...forEachChunk(
      db,
      `UPDATE row_state SET cells = e.value ->> '$.cells' FROM json_each(?1) e
       WHERE sheet_id = ?2 AND row_id = e.value ->> '$.rowId'`,
      deleted,
      sheetId,
    ),
    ...insertAuthEvents(db, [
      {
        at,
        kind: 'text-erased',
        keyId: '',
        actorId: caller.actor.id,
        byKey: caller.key.id,
        county: plan.county,
        requestId,
        detail: { plan: plan.id, lines: some.length, reason: body.reason },
      },
    ]),
    db.prepare('DELETE FROM erasing'),
    emptyGuard(db),
  ])
}

/** The new texts of one table: long ones bound as they are, others as one list. Throws changes-too-large. */
function updateTexts(db: D1Database, table: string, some: Blackout[]): D1PreparedStatement[] {
  const own = some.filter((blackout) => blackout.table === table)
  const isLong = (blackout: Blackout) => sizeOf(blackout) > BATCH_CHARS / 2
  const short = own.filter((blackout) => !isLong(blackout))
  const columns = [...new Set(short.flatMap(({ texts }) => Object.keys(texts)))]
  // Each column keeps its text where the line has no other.
  const set = columns.map((column) => `"${column}" = coalesce(e.value ->> '$.${column}', t."${column}")`)
  return [
    ...own.filter(isLong).map(({ line, texts }) => {
      const pairs = Object.entries(texts)
      const bytes = pairs.reduce((sum, [, text]) => sum + new TextEncoder().encode(text).length, 0)
      if (bytes > MAX_BYTES) throw new Refusal('changes-too-large')
      return db
        .prepare(
          `UPDATE ${table} SET ${pairs.map(([column], i) => `"${column}" = ?${i + 2}`).join(', ')} WHERE rowid = ?1`,
        )
        .bind(line.id, ...pairs.map(([, text]) => text))
    }),
    ...forEachChunk(
      db,
      `UPDATE ${table} AS t SET ${set.join(', ')} FROM json_each(?1) e WHERE t.rowid = e.value ->> '$.line'`,
      short.map(({ line, texts }) => ({ ...texts, line: line.id })),
    ),
  ]
}

type Erasure = { table: string; line: string | number; before: string | null; after: string | null }
type PageKey = { n: number; tbl: string; page: number }

/** Hashes before and after, under old and new salts, of those lines that a seal covers; and their pages. */
async function resalt(
  db: D1Database,
  some: Blackout[],
  random: (count: number) => Uint8Array,
): Promise<{ erasures: Erasure[]; pages: (PageKey & { salts: string })[] }> {
  const { results } = await db
    .prepare(
      `SELECT DISTINCT p.n, p.tbl, p.page, p.ids, p.salts FROM json_each(?1) e JOIN seal_page p
         ON p.tbl = e.value ->> '$.table' AND p.first <= e.value ->> '$.line' AND p.last >= e.value ->> '$.line'`,
    )
    .bind(JSON.stringify(some.map(({ table, line }) => ({ table, line: line.id }))))
    .run<PageKey & { ids: string; salts: string }>()
  const pages = results.map(({ ids, salts, ...key }) => ({
    ...key,
    salts: cutDigits(salts, SALT_DIGITS),
    ids: idIndex(ids),
  }))
  const erasures: Erasure[] = []
  for (const { table, line, texts } of some) {
    const page = pages.find(({ tbl, ids }) => tbl === table && ids.has(line.id))
    const index = page?.ids.get(line.id)
    const erasure: Erasure = { table, line: line.id, before: null, after: null }
    if (page && index !== undefined) {
      erasure.before = await hashLine(table, page.salts[index] ?? '', line.values)
      const salt = drawSalt(random)
      page.salts[index] = salt
      const after = recordTable(table).columns.map((column, i) => texts[column] ?? line.values[i] ?? null)
      erasure.after = await hashLine(table, salt, after)
    }
    erasures.push(erasure)
  }
  return { erasures, pages: pages.map(({ n, tbl, page, salts }) => ({ n, tbl, page, salts: salts.join('') })) }
}

function idIndex(ids: string): Map<string | number, number> {
  return new Map((JSON.parse(ids) as (string | number)[]).map((id, i) => [id, i]))
}
