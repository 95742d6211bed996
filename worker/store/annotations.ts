/** Annotations as they are stored: reasons for leaving an issue, answers to its question, withdrawals of either. */
import { type Annotation, lastOfEach, leaveOutWithdrawn, standingAnnotations } from '../../domain/annotation.ts'
import type { Role, StoredAnnotation } from '../../domain/protocol.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { Actor } from '../env.ts'
import { forEachChunk } from './batch.ts'

export type MadeAnnotation = StoredAnnotation & { actorId: string; role: Role }

/** Of the texts that are spoken of, for each row: some hundreds of whole rows, thousands of cells. */
const READ_BYTES = 600_000

type Origin = { actorId: string; submissionId: string; at: string }

export function insertAnnotations(
  db: D1Database,
  sheetId: string,
  { actorId, submissionId, at }: Origin,
  annotations: readonly Annotation[],
): D1PreparedStatement[] {
  return forEachChunk(
    db,
    `INSERT INTO annotation (sheet_id, row_id, col, kind, code, text, of_text, actor_id, submission_id, at)
     SELECT ?2, value ->> '$.rowId', value ->> '$.column', value ->> '$.kind', value ->> '$.code', value ->> '$.text',
       value ->> '$.ofText', ?3, ?4, ?5 FROM json_each(?1)`,
    annotations,
    sheetId,
    actorId,
    submissionId,
    at,
  )
}

/**
 * Annotations of a sheet, oldest first; only of the named rows where `rowIds` (JSON list) is given. Of a row
 * those at the end that fit READ_BYTES, and at least the last: one who says something of ever other long texts
 * must not make the rows of everybody too long to read.
 */
export function selectAnnotations(db: D1Database, sheetId: string, rowIds?: string): D1PreparedStatement {
  const named = rowIds === undefined ? '' : 'AND row_id IN (SELECT value FROM json_each(?2))'
  return db
    .prepare(
      `SELECT n.row_id, n.col, n.kind, n.code, n.text, n.of_text, n.actor_id, a.role, a.name, n.at
       FROM (SELECT id, sum(octet_length(of_text)) OVER (
               PARTITION BY row_id ORDER BY id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS later
             FROM annotation WHERE sheet_id = ?1 ${named}) k
       JOIN annotation n ON n.id = k.id
       JOIN actor a ON a.id = n.actor_id WHERE coalesce(k.later, 0) <= ${READ_BYTES} ORDER BY n.id`,
    )
    .bind(sheetId, ...(rowIds === undefined ? [] : [rowIds]))
}

/** What of them is not withdrawn, oldest first. */
export function readAnnotations(result: D1Result | undefined): MadeAnnotation[] {
  const rows = (result?.results ?? []) as {
    row_id: string
    col: string | null
    kind: Annotation['kind']
    code: string
    text: string
    of_text: string
    actor_id: string
    role: Role
    name: string
    at: string
  }[]
  const made = rows.map(
    (row): MadeAnnotation => ({
      rowId: row.row_id,
      ...(row.col !== null ? { column: row.col } : {}),
      code: row.code,
      kind: row.kind,
      text: row.text,
      ofText: row.of_text,
      by: row.name,
      at: row.at,
      actorId: row.actor_id,
      role: row.role,
    }),
  )
  return leaveOutWithdrawn(made, mayTakeBack)
}

/** The commission takes back what anybody said, a unit its own and the commission's, not a joint lead's. */
function mayTakeBack(withdrawal: MadeAnnotation, made: MadeAnnotation): boolean {
  return withdrawal.role === 'commission' || made.role === 'commission' || made.actorId === withdrawal.actorId
}

/**
 * What a reader is told of a row: what stands for it as it is, and what the reader's own office or unit said
 * last of another text, which may be the one in its sheet. `ofRow`: of this row, oldest first.
 */
export function tellAnnotations(
  spec: SheetSpec,
  row: Row,
  ofRow: readonly MadeAnnotation[],
  reader: Actor,
): StoredAnnotation[] {
  const standing = standingAnnotations(spec, row, ofRow)
  const own = lastOfEach(ofRow.filter(({ actorId }) => actorId === reader.id))
  return [...new Set([...standing, ...own])].map(({ actorId: _, role: __, ...annotation }) => annotation)
}
