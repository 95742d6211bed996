/**
 * What is left in the store after a run, read with SQL of its own, and what the offices are shown. The
 * checker reads no table through the Worker's code.
 */
import type { ConflictBody, Master, MasterRow, Receipt } from '../../domain/protocol.ts'
import type { Shape } from './history.ts'
import type { InspectedRecord } from './record.ts'

export type Change = { column: string; old: string | null; new: string | null; spans?: [number, number] }
export type StoredEvent = {
  seq: number
  rowId: string
  kind: 'insert' | 'update' | 'delete' | 'resolve' | 'confirm' | 'move' | 'adjust' | 'correct'
  actorId: string
  orderKey: number | string | null
  spansConfirmed: number | null
  deleted: number | null
  changes: Change[]
}
export type StoredRow = {
  rowId: string
  ver: number
  orderKey: number | string
  spansConfirmed: number
  deleted: number
} & Shape
type PlanChange = 'adjustment' | 'erratum' | 'archive' | 'settings'
export type StoredSubmission = {
  id: string
  kind: 'plan' | 'rows' | 'resolution' | 'confirm' | 'issue' | 'annotation' | 'relations' | 'order' | PlanChange
  actorId: string
  keyId: string
  /** Of a released draft: the key that the draft came with. */
  idempotencyKey: string
  draftId?: string
  status: 'accepted' | 'refused'
  seq: number | null
  /** Day and number of the receipt; '' where there is none. */
  number: string
  body: string
  /** Of a 报送 that was accepted: the receipt as it was stored. */
  receipt?: Receipt
}
export type StoredDraft = {
  id: string
  actorId: string
  keyId: string
  idempotencyKey: string
  at: string
  body: string
  decision?: {
    kind: 'released' | 'returned' | 'superseded'
    submissionId: string | null
    reason: string | null
    keyId: string
    at: string
  }
}
export type StoredAnnotation = {
  rowId: string
  column: string | null
  kind: 'reason' | 'answer' | 'return' | 'accept' | 'withdrawal'
  code: string
  text: string
  ofText: string
  actorId: string
  submissionId: string
}
export type StoredConflict = {
  id: string
  rowId: string
  kind: ConflictBody['kind']
  column: string | null
  columns: string[] | null
  submitted: string | null
  tuples: { base: Shape; head: Shape; submitted: Shape } | null
  proposal: Change[] | null
  submissionId: string
  baseVer: number
  submittedBy: string
  /** Who had written the head when the conflict was found. */
  headBy: string | null
}

export type Exported = Pick<MasterRow, 'rowId' | 'cells' | 'spans'>

export type Evidence = {
  actors: { id: string; role: string; unitId: string | null; name: string }[]
  keys: {
    id: string
    actorId: string
    revokedAt: string | null
    expiresAt: string | null
    /** Rows that it may write; null: all of its actor's. */
    rows: string[] | null
  }[]
  planState: string
  guards: number
  commits: { seq: number; kind: string; actorId: string; keyId: string; at: string }[]
  events: StoredEvent[]
  rows: StoredRow[]
  submissions: StoredSubmission[]
  drafts: StoredDraft[]
  annotations: StoredAnnotation[]
  conflicts: StoredConflict[]
  resolutions: { conflictId: string; seq: number; actorId: string; choice: string }[]
  master: Master
  /** The master as JSON and as read from its workbook, before and after it was created anew from the workbook. */
  exports: { json: Exported[]; workbook: Exported[]; reimportedJson: Exported[]; reimportedWorkbook: Exported[] }
  record: InspectedRecord
  /** The record and the master in the replica when it has caught up, and in a copy of the database. */
  copies: { name: string; record: InspectedRecord; master: Master }[]
}

/** The tables of one plan. */
export async function readStore(
  db: D1Database,
  planId: string,
  county: string,
): Promise<Omit<Evidence, 'master' | 'exports' | 'record' | 'copies'>> {
  const sheetId = `${planId}/breakdown`
  const query = async <T>(sql: string, value: string): Promise<T[]> =>
    (await db.prepare(sql).bind(value).all<T>()).results
  const [plan] = await query<{ state: string }>('SELECT state FROM plan WHERE id = ?1', planId)
  const guards = await db.prepare('SELECT count(*) AS n FROM guard').first<number>('n')
  const chunks = await query<{ id: string; part: string; text: string }>(
    `SELECT submission_id AS id, part, text FROM submission_chunk
     WHERE submission_id IN (SELECT id FROM submission WHERE plan_id = ?1) ORDER BY submission_id, part, n`,
    planId,
  )
  const whole = (id: string, part: string, first: string) =>
    first + chunks.flatMap((chunk) => (chunk.id === id && chunk.part === part ? chunk.text : [])).join('')
  const submissions = await query<Omit<StoredSubmission, 'receipt'> & { result: string }>(
    `SELECT id, kind, actor_id AS actorId, key_id AS keyId, idem_key AS idempotencyKey, status, commit_seq AS seq,
       coalesce(day || '-' || day_no, '') AS number, body, result FROM submission WHERE plan_id = ?1 ORDER BY rowid`,
    planId,
  )
  const drafts = await readDrafts(query, planId)
  return {
    planState: plan?.state ?? '',
    guards: guards ?? 0,
    actors: await query('SELECT id, role, unit_id AS unitId, name FROM actor WHERE county = ?1', county),
    keys: parseColumns(
      await query<Record<string, unknown>>(
        `SELECT k.id, k.actor_id AS actorId, k.revoked_at AS revokedAt, k.expires_at AS expiresAt, k.rows
         FROM access_key k JOIN actor a ON a.id = k.actor_id WHERE a.county = ?1`,
        county,
      ),
      ['rows'],
    ),
    commits: await query(
      'SELECT seq, kind, actor_id AS actorId, key_id AS keyId, at FROM commit_log WHERE sheet_id = ?1 ORDER BY seq',
      sheetId,
    ),
    events: parseColumns(
      await query<Record<string, unknown>>(
        `SELECT seq, row_id AS rowId, kind, actor_id AS actorId, order_key AS orderKey,
           spans_confirmed AS spansConfirmed, deleted, changes FROM row_event WHERE sheet_id = ?1 ORDER BY seq, row_id`,
        sheetId,
      ),
      ['changes'],
    ),
    rows: parseColumns(
      await query<Record<string, unknown>>(
        `SELECT row_id AS rowId, ver, order_key AS orderKey, spans_confirmed AS spansConfirmed, deleted, cells, spans
         FROM row_state WHERE sheet_id = ?1 ORDER BY order_key, row_id`,
        sheetId,
      ),
      ['cells', 'spans'],
    ),
    drafts,
    annotations: await query(
      `SELECT row_id AS rowId, col AS column, kind, code, text, of_text AS ofText, actor_id AS actorId,
         submission_id AS submissionId FROM annotation WHERE sheet_id = ?1 ORDER BY id`,
      sheetId,
    ),
    submissions: submissions.map(({ result, ...submission }) => ({
      ...submission,
      ...originOf(submission, drafts),
      body: whole(submission.id, 'body', submission.body),
      ...(submission.kind === 'rows' && submission.status === 'accepted'
        ? { receipt: JSON.parse(whole(submission.id, 'result', result)) as Receipt }
        : {}),
    })),
    conflicts: parseColumns(
      await query<Record<string, unknown>>(
        `SELECT id, row_id AS rowId, kind, col AS column, columns, submitted, tuples, proposal,
           submission_id AS submissionId, base_ver AS baseVer, submitted_by AS submittedBy,
           head_by AS headBy
         FROM conflict WHERE sheet_id = ?1 ORDER BY at, id`,
        sheetId,
      ),
      ['columns', 'tuples', 'proposal'],
    ),
    resolutions: await query(
      `SELECT conflict_id AS conflictId, seq, actor_id AS actorId, choice FROM conflict_resolution
       WHERE conflict_id IN (SELECT id FROM conflict WHERE sheet_id = ?1)`,
      sheetId,
    ),
  }
}

type Query = <T>(sql: string, value: string) => Promise<T[]>

async function readDrafts(query: Query, planId: string): Promise<StoredDraft[]> {
  type Row = Omit<StoredDraft, 'decision'> & {
    [Key in keyof NonNullable<StoredDraft['decision']> as `x_${Key}`]: never
  }
  const rows = await query<Row>(
    `SELECT d.id, d.actor_id AS actorId, d.key_id AS keyId, d.idem_key AS idempotencyKey, d.at,
       (SELECT group_concat(text, '' ORDER BY n) FROM draft_chunk c WHERE c.draft_id = d.id AND c.part = 'body') AS body,
       x.kind AS x_kind, x.submission_id AS x_submissionId, x.reason AS x_reason, x.key_id AS x_keyId, x.at AS x_at
     FROM draft d LEFT JOIN draft_decision x ON x.draft_id = d.id WHERE d.plan_id = ?1 ORDER BY d.rowid`,
    planId,
  )
  return rows.map(({ x_kind: kind, x_submissionId: submissionId, x_reason: reason, x_keyId, x_at, ...draft }) =>
    kind === null ? draft : { ...draft, decision: { kind, submissionId, reason, keyId: x_keyId, at: x_at } },
  )
}

/** A release is received under a key of its own, which names the draft. */
function originOf({ idempotencyKey }: Pick<StoredSubmission, 'idempotencyKey'>, drafts: StoredDraft[]) {
  const draft = drafts.find(({ id }) => idempotencyKey === `release ${id}`)
  return draft && { idempotencyKey: draft.idempotencyKey, draftId: draft.id }
}

/** Columns that hold JSON, as values; what comes back has the shape that the query names. */
function parseColumns<T>(rows: Record<string, unknown>[], columns: string[]): T[] {
  return rows.map((row) => {
    const parsed = columns.map((column) => [column, row[column] === null ? null : JSON.parse(String(row[column]))])
    return { ...row, ...Object.fromEntries(parsed) } as T
  })
}
