/** Reasons that units give for warnings which they leave as they are. */
import type { IssueReason } from '../../domain/protocol.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import { forEachChunk } from './batch.ts'

/** A reason as it is stored. `ofText`: the text that it was given for. */
export type Reason = { rowId: string; column: string | undefined; code: string; text: string; ofText: string }
export type StoredReason = Reason & { by: string; at: string }

type Origin = { actorId: string; submissionId: string; at: string }

/** What a reason speaks of: a cell, or the whole row where the issue names no column. A covered cell is ''. */
export function reasonedText(spec: SheetSpec, row: Row, column: string | undefined): string {
  if (column !== undefined) return row.cells[column] ?? ''
  return JSON.stringify(spec.columns.map(({ key }) => [row.cells[key] ?? null, row.spans?.[key] ?? 1]))
}

export function insertAnnotations(
  db: D1Database,
  sheetId: string,
  { actorId, submissionId, at }: Origin,
  reasons: Reason[],
): D1PreparedStatement[] {
  return forEachChunk(
    db,
    `INSERT INTO annotation (sheet_id, row_id, col, kind, code, text, of_text, actor_id, submission_id, at)
     SELECT ?2, value ->> '$.rowId', value ->> '$.column', 'reason', value ->> '$.code', value ->> '$.text',
       value ->> '$.ofText', ?3, ?4, ?5 FROM json_each(?1)`,
    reasons,
    sheetId,
    actorId,
    submissionId,
    at,
  )
}

/** Every reason of a sheet, oldest first. */
export function selectReasons(db: D1Database, sheetId: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT n.row_id, n.col, n.code, n.text, n.of_text, a.name, n.at FROM annotation n
       JOIN actor a ON a.id = n.actor_id WHERE n.sheet_id = ?1 AND n.kind = 'reason' ORDER BY n.id`,
    )
    .bind(sheetId)
}

export function readReasons(result: D1Result | undefined): StoredReason[] {
  const rows = (result?.results ?? []) as {
    row_id: string
    col: string | null
    code: string
    text: string
    of_text: string
    name: string
    at: string
  }[]
  return rows.map((row) => ({
    rowId: row.row_id,
    column: row.col ?? undefined,
    code: row.code,
    text: row.text,
    ofText: row.of_text,
    by: row.name,
    at: row.at,
  }))
}

/** The reason that stands for an issue: the last one given for the very text that is there now. */
export function findReason(
  spec: SheetSpec,
  reasons: readonly StoredReason[],
  row: Row,
  issue: { code: string; column?: string },
): IssueReason | undefined {
  const text = reasonedText(spec, row, issue.column)
  const last = reasons
    .filter(({ code, column, ofText }) => code === issue.code && column === issue.column && ofText === text)
    .at(-1)
  return last && { text: last.text, by: last.by, at: last.at }
}
