/**
 * Submissions: what arrived, as it arrived, and the receipt that was given for it. One row, written
 * once; a long body or receipt continues in submission_chunk.
 */
import { withoutAccessKeys } from '../../domain/access-key.ts'
import type { Receipt } from '../../domain/protocol.ts'
import { beijingDate } from '../beijing-date.ts'
import type { Call } from '../endpoint.ts'
import { ERASED_HASH } from '../erased.ts'
import { Refusal } from '../refusal.ts'
import { chunkText } from './batch.ts'
import { type ChangeKind, THIS_COMMIT } from './commits.ts'

/** In a stored result, stands for the version that this submission's own commit gave. */
export const PENDING_VER = -1

/**
 * Begins the stored idempotency key of what was brought. No client can send a key with a blank, so what a unit
 * sends itself never meets what was brought for it.
 */
export const BROUGHT = 'brought '

type SubmissionKind = 'plan' | 'rows' | 'resolution' | 'confirm' | 'issue' | 'annotation' | ChangeKind

/**
 * Bytes of the body, and of the result, that stand in the submission's own row: D1 takes rows of
 * 2,000,000 bytes, and the outcomes of 5,000 rows take 400,000.
 */
const FIRST_BYTES = 500_000

export type NewSubmission = {
  id: string
  planId: string
  /** Undefined where the sender may not see the plan, or named none. */
  sheetId: string | undefined
  kind: SubmissionKind
  /** What the request was sent to. */
  path: string
  actorId: string
  keyId: string
  idempotencyKey: string
  bodySha256: string
  body: string
  /** UTC, ISO 8601. */
  at: string
  status: 'accepted' | 'refused'
  /** Whether the same batch has a commit that carries its changes. */
  hasCommit: boolean
  rowOutcomes: [rowId: string, outcome: string][]
  totals: Receipt['totals']
  /** JSON of the answer. */
  result: string
}

export const NO_TOTALS: Receipt['totals'] = {
  applied: 0,
  converged: 0,
  conflicts: 0,
  held: 0,
  notWritable: 0,
  blocked: 0,
}

/** The date in Beijing, YYYYMMDD: receipts are numbered by it. */
export function beijingDay(at: string): string {
  return beijingDate(new Date(at)).replaceAll('-', '')
}

/** Statements that keep a submission. Only an accepted 报送 takes the next number of its plan and day. */
export function insertSubmission(db: D1Database, submission: NewSubmission): D1PreparedStatement[] {
  const { id, planId, sheetId, kind, path, actorId, keyId, idempotencyKey, bodySha256, at, status } = submission
  const [body = '', ...moreBody] = chunkText(submission.body, FIRST_BYTES)
  const [result = '', ...moreResult] = chunkText(submission.result, FIRST_BYTES)
  const isNumbered = kind === 'rows' && status === 'accepted'
  const row = db
    .prepare(
      `INSERT INTO submission (id, plan_id, kind, actor_id, key_id, idem_key, body_sha256, at, day, day_no, status,
         commit_seq, row_outcomes, totals, body, result, path, sheet_id)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
         ${isNumbered ? '(SELECT coalesce(max(day_no), 0) + 1 FROM submission WHERE plan_id = ?2 AND day = ?9)' : 'NULL'},
         ?10, ${submission.hasCommit ? THIS_COMMIT : 'NULL'}, ?11, ?12, ?13, ?14, ?15, ?16)`,
    )
    .bind(
      id,
      planId,
      kind,
      actorId,
      keyId,
      idempotencyKey,
      bodySha256,
      at,
      beijingDay(at),
      status,
      JSON.stringify(submission.rowOutcomes),
      JSON.stringify(submission.totals),
      body,
      result,
      path,
      sheetId ?? null,
    )
  const chunks = [
    ...moreBody.map((text, i) => ({ part: 'body', n: i + 1, text })),
    ...moreResult.map((text, i) => ({ part: 'result', n: i + 1, text })),
  ].map(({ part, n, text }) =>
    db
      .prepare('INSERT INTO submission_chunk (submission_id, part, n, text) VALUES (?1, ?2, ?3, ?4)')
      .bind(id, part, n, text),
  )
  return [row, ...chunks]
}

/** A submission found again. `number`: empty for one that has none. */
export type StoredSubmission = {
  id: string
  planId: string
  path: string
  actorId: string
  bodySha256: string
  status: 'accepted' | 'refused'
  number: string
  seq: number | null
  result: string
}

/** A long result comes in several rows, its first part only in the first of them. */
const STORED = `SELECT s.id, s.plan_id, s.path, s.actor_id, s.body_sha256, s.status, s.day, s.day_no, s.commit_seq,
    CASE WHEN coalesce(c.n, 1) = 1 THEN s.result ELSE '' END AS result, coalesce(c.text, '') AS more
  FROM submission s LEFT JOIN submission_chunk c ON c.submission_id = s.id AND c.part = 'result'`

/** The accepted submission of an actor under an idempotency key. */
export function selectByIdempotencyKey(db: D1Database, actorId: string, key: string): D1PreparedStatement {
  return db
    .prepare(`${STORED} WHERE s.actor_id = ?1 AND s.idem_key = ?2 AND s.status = 'accepted' ORDER BY c.n`)
    .bind(actorId, key)
}

export function selectSubmission(db: D1Database, id: string): D1PreparedStatement {
  return db.prepare(`${STORED} WHERE s.id = ?1 ORDER BY c.n`).bind(id)
}

/** Which of an actor's idempotency keys have an accepted submission, and the hash of its body. */
export function selectAccepted(db: D1Database, actorId: string, keys: string[]): D1PreparedStatement {
  return db
    .prepare(
      `SELECT s.idem_key AS key, s.body_sha256 AS bodySha256 FROM json_each(?2) k
       CROSS JOIN submission s ON s.actor_id = ?1 AND s.idem_key = k.value AND s.status = 'accepted'`,
    )
    .bind(actorId, JSON.stringify(keys))
}

export function readAccepted(result: D1Result | undefined): { key: string; bodySha256: string }[] {
  return (result?.results ?? []) as { key: string; bodySha256: string }[]
}

export function readSubmission(result: D1Result | undefined): StoredSubmission | undefined {
  const rows = (result?.results ?? []) as {
    id: string
    plan_id: string
    path: string
    actor_id: string
    body_sha256: string
    status: 'accepted' | 'refused'
    day: string
    day_no: number | null
    commit_seq: number | null
    result: string
    more: string
  }[]
  const [row] = rows
  if (!row) return undefined
  return {
    id: row.id,
    planId: row.plan_id,
    path: row.path,
    actorId: row.actor_id,
    bodySha256: row.body_sha256,
    status: row.status,
    number: toNumber(row.day, row.day_no),
    seq: row.commit_seq,
    result: rows.map(({ result: first, more }) => first + more).join(''),
  }
}

/** 20231110-0007. */
export function toNumber(day: string, dayNo: number | null): string {
  return dayNo === null ? '' : `${day}-${String(dayNo).padStart(4, '0')}`
}

/** The stored answer to the same request. Throws idempotency-key-reused where the body or the path was another. */
export function replayOf<Stored extends { bodySha256: string; path: string }>(
  stored: Stored,
  call: Pick<Call<unknown>, 'raw' | 'path'>,
): Stored {
  // What was erased from a body took its hash along; its key and path still tell it.
  const isSameBody = stored.bodySha256 === ERASED_HASH || stored.bodySha256 === call.raw.sha256
  if (!isSameBody || stored.path !== call.path) throw new Refusal('idempotency-key-reused')
  return stored
}

/** The answer that was stored for this request's key; undefined for a first request, or one without a key. */
export async function findEarlier(call: Call<unknown>): Promise<StoredSubmission | undefined> {
  const { db, caller, idempotencyKey } = call
  if (idempotencyKey === undefined) return undefined
  const stored = readSubmission(await selectByIdempotencyKey(db, caller.actor.id, idempotencyKey).run())
  return stored && replayOf(stored, call)
}

/** What of a submission only its commit could tell. */
export type Committed = { number: string; seq: number | null }

/** Reads what the commit gave a submission. */
export function selectCommitted(db: D1Database, id: string): D1PreparedStatement {
  return db.prepare('SELECT day, day_no, commit_seq FROM submission WHERE id = ?1').bind(id)
}

export function readCommitted(result: D1Result | undefined): Committed {
  const [row] = (result?.results ?? []) as { day: string; day_no: number | null; commit_seq: number | null }[]
  if (!row) throw new Error('a committed submission is gone')
  return { number: toNumber(row.day, row.day_no), seq: row.commit_seq }
}

/** A stored receipt, complete. */
export function readReceipt(stored: StoredSubmission, replayed: boolean): Receipt {
  return completeReceipt({ ...(JSON.parse(stored.result) as Receipt), replayed }, stored)
}

/** A receipt with what only the commit could tell: its number, its sequence, the new versions. */
export function completeReceipt(receipt: Receipt, stored: Committed): Receipt {
  const settle = (ver: number) => (ver === PENDING_VER ? (stored.seq ?? 0) : ver)
  return {
    ...receipt,
    number: stored.number,
    seq: stored.seq,
    rows: receipt.rows.map((row) => ({
      ...row,
      ver: settle(row.ver),
      conflicts: row.conflicts.map((conflict) => ({ ...conflict, ver: settle(conflict.ver) })),
    })),
  }
}

/** The body as received, but for access keys in its texts: nothing may keep those. */
function keepableBody(text: string, { code }: Refusal): string {
  if (code !== 'access-key-in-text') return withoutAccessKeys(text)
  // It was parsed before it was refused; a character of a key that is escaped is seen only there. Names of fields
  // are no values.
  const texts = JSON.stringify(JSON.parse(text), (_, value: unknown) =>
    typeof value === 'string' ? withoutAccessKeys(value) : value,
  )
  return withoutAccessKeys(texts)
}

/**
 * Keeps a refused submission: what a unit sent is never lost. It is listed with its plan only where
 * its sender may see that plan.
 */
export async function keepRefused(call: Call<unknown>, refusal: Refusal): Promise<void> {
  const { db, caller, params } = call
  const { actor } = caller
  const plan = await db
    .prepare(
      `SELECT p.id, s.id AS sheet_id FROM plan p JOIN sheet s ON s.plan_id = p.id AND s.form = 'breakdown'
       WHERE p.id = ?1 AND (?2 = '*' OR p.county = ?2)`,
    )
    .bind(params.plan ?? '', actor.county)
    .first<{ id: string; sheet_id: string }>()
  await db.batch(
    insertSubmission(db, {
      id: call.services.newId(),
      planId: plan?.id ?? '',
      sheetId: plan?.sheet_id,
      kind: 'rows',
      path: call.path,
      actorId: actor.id,
      keyId: caller.key.id,
      idempotencyKey: call.idempotencyKey ?? '',
      bodySha256: call.raw.sha256,
      body: keepableBody(call.raw.text, refusal),
      at: call.services.now().toISOString(),
      status: 'refused',
      hasCommit: false,
      rowOutcomes: [],
      totals: NO_TOTALS,
      result: JSON.stringify(refusal.toBody(call.requestId)),
    }),
  )
}
