/**
 * The conditional batch: everything one commit writes goes into one `db.batch()`, and a guard row
 * that fails its CHECK takes the whole batch back. Lists travel as JSON, in chunks that D1 takes.
 */
import { Refusal } from '../refusal.ts'

/** D1 takes values up to 2,000,000 bytes; the rest is room for re-encoding. */
const CHUNK_BYTES = 1_500_000
/** Our own cap, far under D1's 1,000 queries a request. */
const MAX_STATEMENTS = 20

/** Row versions that a commit was computed from; 0 for a row that must not be there yet. */
export type Expected = { rowId: string; ver: number }

/**
 * Statements that make a batch fail unless every row still has its version and the sheet its epoch.
 * `min` looks at every row, `coalesce` at missing ones. An empty list gets no row guard: min over
 * nothing is NULL and would fail.
 */
export function guardStatements(
  db: D1Database,
  sheetId: string,
  epoch: number,
  expected: Expected[],
): D1PreparedStatement[] {
  const scope = db
    .prepare('INSERT INTO guard (scope_same) VALUES ((SELECT epoch = ?2 FROM sheet WHERE id = ?1))')
    .bind(sheetId, epoch)
  if (expected.length === 0) return [scope]
  const rows = db
    .prepare(
      `INSERT INTO guard (row_fresh) VALUES ((
         SELECT min(coalesce(r.ver, 0) = json_extract(e.value, '$.ver'))
         FROM json_each(?2) e
         LEFT JOIN row_state r ON r.sheet_id = ?1 AND r.row_id = json_extract(e.value, '$.rowId')))`,
    )
    .bind(sheetId, JSON.stringify(expected))
  return [scope, rows]
}

export function emptyGuard(db: D1Database): D1PreparedStatement {
  return db.prepare('DELETE FROM guard')
}

/** Why a batch failed, where that is ours to handle. */
export function batchFailure(error: unknown): 'stale-row' | 'changed-scope' | 'other' {
  const message = error instanceof Error ? error.message : String(error)
  if (message.includes('stale_row')) return 'stale-row'
  return message.includes('changed_scope') ? 'changed-scope' : 'other'
}

/** Runs a batch of writes. Throws changes-too-large before D1 would refuse it. */
export async function runBatch(db: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]> {
  if (statements.length > MAX_STATEMENTS) throw new Refusal('changes-too-large')
  return db.batch(statements)
}

/** One statement for each chunk of a list; `?1` of the SQL is the chunk as a JSON array. */
export function forEachChunk(
  db: D1Database,
  sql: string,
  items: readonly unknown[],
  ...more: (string | number | null)[]
): D1PreparedStatement[] {
  return chunkJson(items).map((chunk) => db.prepare(sql).bind(chunk, ...more))
}

/** A list as JSON arrays of at most 1.5 MB each; none for an empty list. Throws changes-too-large. */
export function chunkJson(items: readonly unknown[], limit: number = CHUNK_BYTES): string[] {
  const chunks: string[] = []
  let open: string[] = []
  let size = 0
  for (const item of items) {
    const json = JSON.stringify(item)
    const bytes = byteLength(json) + 1
    if (bytes > limit) throw new Refusal('changes-too-large')
    if (size + bytes > limit) {
      chunks.push(`[${open.join(',')}]`)
      open = []
      size = 0
    }
    open.push(json)
    size += bytes
  }
  if (open.length > 0) chunks.push(`[${open.join(',')}]`)
  return chunks
}

/** A text in pieces of at most 1.5 MB; at least one. No piece ends inside a character. */
export function chunkText(text: string, limit: number = CHUNK_BYTES): string[] {
  if (text.length * 3 <= limit || byteLength(text) <= limit) return [text]
  const pieces: string[] = []
  // A UTF-16 unit takes at most three bytes.
  const units = Math.floor(limit / 3)
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + units, text.length)
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to--
    pieces.push(text.slice(from, to))
    from = to
  }
  return pieces
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
