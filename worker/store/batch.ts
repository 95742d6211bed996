/**
 * The conditional batch: everything one commit writes goes into one `db.batch()`, and a guard row
 * that fails its CHECK takes the whole batch back. Lists travel as JSON, in chunks that D1 takes.
 */
import { Refusal } from '../refusal.ts'

/** D1 takes values up to 2,000,000 bytes; the rest is room for re-encoding. */
const CHUNK_BYTES = 1_500_000
/**
 * Our own cap, far under D1's 1,000 queries a request. A new plan out of the largest body takes 33 with
 * 5,000 rows of twelve columns: its cells twice, in events and rows, and the body itself.
 */
const MAX_STATEMENTS = 40

/** Row versions that a commit was computed from; 0 for a row that must not be there yet. */
export type Expected = { rowId: string; ver: number }

/** Who commits, and when (UTC, ISO 8601): the key must be good at that moment. */
export type Committer = { keyId: string; at: string }

/**
 * What a commit was computed from: by which key, in which state of the sheet, from which rows. `awaited`: ids of
 * conflicts that were open, for a decision that keeps the head leaves every version as it is.
 */
export type Premises = Committer & { sheetId: string; epoch: number; expected: Expected[]; awaited?: string[] }

/**
 * A statement that makes a batch fail unless the key is still good, the sheet has its epoch and every
 * row its version. `min` looks at every row, `coalesce` at missing ones. An empty list gets no row
 * guard: min over nothing is NULL and would fail. What was decided meanwhile fails like a stale row.
 */
export function guardStatement(
  db: D1Database,
  { keyId, at, sheetId, epoch, expected, awaited = [] }: Premises,
): D1PreparedStatement {
  const rows =
    expected.length === 0
      ? '1'
      : `(SELECT min(coalesce(r.ver, 0) = json_extract(e.value, '$.ver')) FROM json_each(?5) e
          LEFT JOIN row_state r ON r.sheet_id = ?1 AND r.row_id = json_extract(e.value, '$.rowId'))`
  const undecided =
    awaited.length === 0
      ? ''
      : ` AND NOT EXISTS (SELECT 1 FROM conflict_resolution
          WHERE conflict_id IN (SELECT value FROM json_each(${expected.length === 0 ? '?5' : '?6'})))`
  const lists = [expected, awaited].filter(({ length }) => length > 0)
  return db
    .prepare(
      `INSERT INTO guard (key_live, key_current, scope_same, row_fresh)
       VALUES (${keyLive('?3')}, ${keyCurrent('?3', '?4')}, (SELECT epoch = ?2 FROM sheet WHERE id = ?1), ${rows}${undecided})`,
    )
    .bind(sheetId, epoch, keyId, at, ...lists.map((list) => JSON.stringify(list)))
}

/** For writes that depend on no sheet: fails unless the key is still good. */
export function guardKey(db: D1Database, { keyId, at }: Committer): D1PreparedStatement {
  return db
    .prepare(`INSERT INTO guard (key_live, key_current) VALUES (${keyLive('?1')}, ${keyCurrent('?1', '?2')})`)
    .bind(keyId, at)
}

function keyLive(key: string): string {
  return `(SELECT revoked_at IS NULL FROM access_key WHERE id = ${key})`
}

function keyCurrent(key: string, at: string): string {
  return `(SELECT coalesce(expires_at > ${at}, 1) FROM access_key WHERE id = ${key})`
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

/** Whether SQLite misses a table, a column or a word that a later migration adds. */
export function isOutdatedStore(error: unknown): boolean {
  return /D1_ERROR: .*(no such (table|column)|has no column named|unknown_word)/.test(String(error))
}

/** What a failed guard of a key means to the caller, by the name of its constraint. */
const GUARD_REFUSALS = {
  revoked_key: 'key-revoked',
  expired_key: 'key-expired',
  inactive_key: 'key-not-active',
  last_admin_key: 'last-admin-key',
} as const

/**
 * Runs a batch of writes. Throws changes-too-large before D1 would refuse it, and key-revoked or
 * key-expired where the key ended since the request began; key-not-active, last-admin-key where a
 * guard of the batch says so.
 */
export async function runBatch(db: D1Database, statements: D1PreparedStatement[]): Promise<D1Result[]> {
  if (statements.length > MAX_STATEMENTS) throw new Refusal('changes-too-large')
  try {
    return await db.batch(statements)
  } catch (error) {
    const failed = Object.entries(GUARD_REFUSALS).find(([constraint]) => String(error).includes(constraint))
    throw failed ? new Refusal(failed[1]) : error
  }
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

/**
 * A text in pieces: the first within `first` bytes, the others within `limit`; at least one. No piece
 * ends inside a character.
 */
export function chunkText(text: string, first: number, limit: number = CHUNK_BYTES): string[] {
  if (text.length * 3 <= first || byteLength(text) <= first) return [text]
  const pieces: string[] = []
  for (let from = 0; from < text.length; ) {
    // A UTF-16 unit takes at most three bytes.
    let to = Math.min(from + Math.floor((from === 0 ? first : limit) / 3), text.length)
    if (to < text.length && isHighSurrogate(text.charCodeAt(to - 1))) to--
    pieces.push(text.slice(from, to))
    from = to
  }
  return pieces
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

/** Bytes of a text in UTF-8, which D1's limits and SQLite's octet_length count. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
