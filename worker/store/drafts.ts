/**
 * Drafts: what a 经办 key sent and no 审核 key has released yet. Kept as it arrived, with the answer
 * that was given for it, in pieces that D1 takes. A draft is never changed; it is open until a
 * decision names it.
 */
import type { DraftInfo, Receipt } from '../../domain/protocol.ts'
import type { RowScope } from '../env.ts'
import { chunkText, forEachChunk } from './batch.ts'

/** Bytes of one piece; D1 takes values of 2,000,000. */
const PIECE_BYTES = 1_500_000
/** Decided drafts in a list, newest first; all open ones come before them. */
const LISTED = 500

export type NewDraft = {
  id: string
  planId: string
  actorId: string
  keyId: string
  idempotencyKey: string
  /** What the request was sent to. */
  path: string
  bodySha256: string
  body: string
  /** UTC, ISO 8601. */
  at: string
  totals: Receipt['totals']
  /** JSON of the answer. */
  result: string
}

/** Statements that keep a draft; they fail as append_only where its idempotency key was used before. */
export function insertDraft(db: D1Database, draft: NewDraft): D1PreparedStatement[] {
  const { id, planId, actorId, keyId, idempotencyKey, path, bodySha256, at, totals } = draft
  const row = db
    .prepare(
      `INSERT INTO draft (id, plan_id, actor_id, key_id, idem_key, path, body_sha256, at, totals)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)`,
    )
    .bind(id, planId, actorId, keyId, idempotencyKey, path, bodySha256, at, JSON.stringify(totals))
  const chunks = (['body', 'result'] as const).flatMap((part) =>
    chunkText(draft[part], PIECE_BYTES, PIECE_BYTES).map((text, n) =>
      db.prepare('INSERT INTO draft_chunk (draft_id, part, n, text) VALUES (?1, ?2, ?3, ?4)').bind(id, part, n, text),
    ),
  )
  return [row, ...chunks]
}

export type DraftDecision = {
  keyId: string
  /** UTC, ISO 8601. */
  at: string
} & ({ kind: 'released'; submissionId: string } | { kind: 'returned'; reason: string } | { kind: 'superseded' })

/** Closes drafts; fails as append_only where one is closed already. */
export function insertDecisions(db: D1Database, draftIds: string[], decision: DraftDecision): D1PreparedStatement[] {
  return forEachChunk(
    db,
    `INSERT INTO draft_decision (draft_id, kind, submission_id, reason, key_id, at)
     SELECT value, ?2, ?3, ?4, ?5, ?6 FROM json_each(?1)`,
    draftIds,
    decision.kind,
    decision.kind === 'released' ? decision.submissionId : null,
    decision.kind === 'returned' ? decision.reason : null,
    decision.keyId,
    decision.at,
  )
}

/** An answer that was given before. */
export type AnsweredDraft = { path: string; bodySha256: string; result: string }

/** The draft of an actor under an idempotency key, with its answer. */
export function selectDraftByKey(db: D1Database, actorId: string, idempotencyKey: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT d.path, d.body_sha256, c.text FROM draft d
       JOIN draft_chunk c ON c.draft_id = d.id AND c.part = 'result'
       WHERE d.actor_id = ?1 AND d.idem_key = ?2 ORDER BY c.n`,
    )
    .bind(actorId, idempotencyKey)
}

export function readAnswered(result: D1Result | undefined): AnsweredDraft | undefined {
  const rows = (result?.results ?? []) as { path: string; body_sha256: string; text: string }[]
  const [first] = rows
  return first && { path: first.path, bodySha256: first.body_sha256, result: rows.map(({ text }) => text).join('') }
}

/** A draft with all that was kept of it. */
export type StoredDraft = {
  info: DraftInfo
  planId: string
  actorId: string
  /** Key that decided it; undefined while it is open. */
  decidedBy: string | undefined
  /** What the key it came from may write; null: all of its unit's. */
  scope: RowScope | null
  bodySha256: string
  body: string
  result: string
}

type DraftColumns = {
  id: string
  plan_id: string
  actor_id: string
  body_sha256: string
  at: string
  totals: string
  name: string
  post: string
  rows: string | null
  rows_of: string | null
  kind: 'released' | 'returned' | 'superseded' | null
  submission_id: string | null
  reason: string | null
  decided_by: string | null
  decided_at: string | null
}

const SELECT = `
  SELECT d.id, d.plan_id, d.actor_id, d.body_sha256, d.at, d.totals, a.name, k.post, k.rows, k.rows_of,
    x.kind, x.submission_id, x.reason, x.key_id AS decided_by, x.at AS decided_at
  FROM draft d JOIN actor a ON a.id = d.actor_id JOIN access_key k ON k.id = d.key_id
  LEFT JOIN draft_decision x ON x.draft_id = d.id`

export async function findDraft(db: D1Database, id: string): Promise<StoredDraft | undefined> {
  const [found, pieces] = await db.batch([
    db.prepare(`${SELECT} WHERE d.id = ?1`).bind(id),
    db.prepare('SELECT part, text FROM draft_chunk WHERE draft_id = ?1 ORDER BY part, n').bind(id),
  ])
  const row = (found?.results as DraftColumns[] | undefined)?.[0]
  if (!row) return undefined
  const chunks = (pieces?.results ?? []) as { part: string; text: string }[]
  const textOf = (wanted: string) => chunks.flatMap(({ part, text }) => (part === wanted ? [text] : [])).join('')
  return {
    info: toInfo(row),
    planId: row.plan_id,
    actorId: row.actor_id,
    decidedBy: row.decided_by ?? undefined,
    scope:
      row.rows === null || row.rows_of === null
        ? null
        : { planId: row.rows_of, rows: new Set(JSON.parse(row.rows) as string[]) },
    bodySha256: row.body_sha256,
    body: textOf('body'),
    result: textOf('result'),
  }
}

/** Drafts of a plan: a unit's own, open ones first, newest first; for an office the open ones of all. */
export async function listDrafts(db: D1Database, planId: string, actorId: string | undefined): Promise<DraftInfo[]> {
  const { results } = await db
    .prepare(
      `${SELECT} WHERE d.plan_id = ?1 AND (d.actor_id = ?2 OR ?2 IS NULL AND x.draft_id IS NULL)
       ORDER BY x.draft_id IS NOT NULL, d.at DESC, d.id
       LIMIT ?3 + (SELECT count(*) FROM draft o LEFT JOIN draft_decision y ON y.draft_id = o.id
         WHERE o.plan_id = ?1 AND y.draft_id IS NULL)`,
    )
    .bind(planId, actorId ?? null, LISTED)
    .run<DraftColumns>()
  return results.map(toInfo)
}

/** Open drafts that one key sent in a plan, newest first. */
export async function listOpenDrafts(db: D1Database, planId: string, keyId: string, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT d.id FROM draft d LEFT JOIN draft_decision x ON x.draft_id = d.id
       WHERE d.plan_id = ?1 AND d.key_id = ?2 AND x.draft_id IS NULL ORDER BY d.at DESC, d.id LIMIT ?3`,
    )
    .bind(planId, keyId, limit)
    .run<{ id: string }>()
  return results.map(({ id }) => id)
}

function toInfo(row: DraftColumns): DraftInfo {
  return {
    id: row.id,
    by: row.name,
    post: row.post,
    at: row.at,
    state: row.kind ?? 'open',
    reason: row.reason,
    decidedAt: row.decided_at,
    submissionId: row.submission_id,
    totals: JSON.parse(row.totals) as Receipt['totals'],
  }
}
