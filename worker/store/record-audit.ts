/**
 * 操作记录: every write, refused ones too, and every privileged act, as one list in order of time. The
 * same SQL for the endpoint, which binds its values, and for the command that exports, which cannot.
 */
import type { AuditEntry } from '../../domain/protocol.ts'

export type AuditFilter = {
  /** '*': every county. */
  county: string
  /** UTC, ISO 8601; `to` is the first moment that is left out. */
  from?: string | undefined
  to?: string | undefined
  kind?: string | undefined
  planId?: string | undefined
  /** Of the last entry that is known. */
  cursor?: string | undefined
  limit: number
}

/** Form of a cursor: when, table, rowid. */
export const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([a-z_]{1,30})~(-?\d{1,15})$/

// Five parts, not more: D1 takes no longer compound SELECT.
const ENTRIES = `
  SELECT s.at, 'submission' AS source, s.rowid AS line, s.kind, a.name, s.key_id, nullif(s.plan_id, '') AS plan_id,
    coalesce(p.county, a.county) AS county, s.commit_seq AS seq, s.status = 'refused' AS refused,
    json_object('id', s.id, 'day', s.day, 'no', s.day_no, 'rows', nullif(json_array_length(s.row_outcomes), 0),
      'code', iif(s.status = 'refused' AND json_valid(s.result), s.result ->> '$.code', NULL),
      'broughtBy', (SELECT b.name FROM access_key k JOIN actor b ON b.id = k.actor_id
        WHERE k.id = s.key_id AND b.id <> s.actor_id)) AS detail
  FROM submission s JOIN actor a ON a.id = s.actor_id LEFT JOIN plan p ON p.id = s.plan_id
  UNION ALL
  SELECT c.at, 'commit_log', c.seq, c.kind, a.name, c.key_id, p.id, p.county, c.seq, 0, NULL
  FROM commit_log c JOIN actor a ON a.id = c.actor_id JOIN sheet h ON h.id = c.sheet_id JOIN plan p ON p.id = h.plan_id
  WHERE c.seq NOT IN (SELECT commit_seq FROM submission WHERE commit_seq IS NOT NULL)
  UNION ALL
  SELECT e.at, 'auth_event', e.id, e.kind, a.name, coalesce(e.by_key, e.key_id), e.detail ->> '$.plan',
    coalesce(e.county, a.county), NULL, e.kind IN ('key-refused', 'key-locked'),
    json_patch(coalesce(e.detail, '{}'), json_object('key', iif(e.by_key IS NULL, NULL, nullif(e.key_id, ''))))
  FROM auth_event e JOIN actor a ON a.id = e.actor_id
  UNION ALL
  SELECT d.at, 'draft', d.rowid, 'draft', a.name, d.key_id, d.plan_id, p.county, NULL, 0, json_object('id', d.id)
  FROM draft d JOIN actor a ON a.id = d.actor_id JOIN plan p ON p.id = d.plan_id
  UNION ALL
  SELECT x.at, 'draft_decision', x.rowid, 'draft-' || x.kind, a.name, x.key_id, d.plan_id, p.county, NULL, 0,
    json_object('id', d.id)
  FROM draft_decision x JOIN draft d ON d.id = x.draft_id JOIN actor a ON a.id = d.actor_id
    JOIN plan p ON p.id = d.plan_id`

/** The statement and the values of its parameters ?1 to ?9. For readAudit. */
export function auditQuery(filter: AuditFilter): { sql: string; values: (string | number)[] } {
  const [, at = '', source = '', line = '0'] = CURSOR.exec(filter.cursor ?? '') ?? []
  return {
    sql: `SELECT * FROM (${ENTRIES})
      WHERE at >= ?1 AND at < ?2 AND (?3 = '*' OR county = ?3) AND (?4 = '' OR kind = ?4) AND (?5 = '' OR plan_id = ?5)
        AND (at, source, line) > (?6, ?7, ?8)
      ORDER BY at, source, line LIMIT ?9`,
    values: [
      filter.from ?? '',
      filter.to ?? '9999',
      filter.county,
      filter.kind ?? '',
      filter.planId ?? '',
      at,
      source,
      Number(line),
      filter.limit,
    ],
  }
}

/** An entry with where it stands in the record. */
export type PlacedEntry = { entry: AuditEntry; source: string; line: number }

/** The entries in the rows of auditQuery. */
export function readAudit(rows: readonly Record<string, unknown>[]): PlacedEntry[] {
  return (rows as AuditColumns[]).map((row) => {
    const { at, source, line, kind, name, key_id: keyId, plan_id: planId, seq, refused } = row
    const detail = readDetail(row.detail)
    return {
      source,
      line,
      entry: {
        cursor: `${at}~${source}~${line}`,
        at,
        kind,
        by: name,
        keyId,
        ...(planId !== null ? { planId } : {}),
        ...(seq !== null ? { seq } : {}),
        status: refused === 1 ? 'refused' : 'done',
        ...(detail ? { detail } : {}),
      },
    }
  })
}

type AuditColumns = {
  at: string
  source: string
  line: number
  kind: string
  name: string
  key_id: string
  plan_id: string | null
  seq: number | null
  refused: number
  detail: string | null
}

function readDetail(json: string | null): AuditEntry['detail'] {
  const { day, no, ...given } = JSON.parse(json ?? '{}') as Record<string, unknown>
  const named = typeof no === 'number' ? { number: `${String(day)}-${String(no).padStart(4, '0')}`, ...given } : given
  const detail = Object.entries(named).filter(
    (pair): pair is [string, string | number | boolean] => pair[1] !== null && typeof pair[1] !== 'object',
  )
  return detail.length > 0 ? Object.fromEntries(detail) : undefined
}
