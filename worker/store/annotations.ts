/** Annotations as they are stored: reasons for leaving an issue, answers to its question, review, withdrawals. */
import {
  type Annotation,
  annotatedText,
  lastOfEach,
  leaveOutWithdrawn,
  standingAnnotations,
} from '../../domain/annotation.ts'
import type { Plan } from '../../domain/plan.ts'
import type { ReviewEvent, Role, StoredAnnotation } from '../../domain/protocol.ts'
import { isReview, REVIEW_CODE } from '../../domain/review.ts'
import type { SheetSpec } from '../../domain/sheet-spec.ts'
import type { Row } from '../../domain/table.ts'
import type { Actor } from '../env.ts'
import { groupBy } from '../group-by.ts'
import { byteLength, forEachChunk } from './batch.ts'

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
 * Annotations of the named rows (JSON list) of a sheet, oldest first. Of a row those at the end that fit READ_BYTES,
 * and at least the last: one who says something of ever other long texts must not make the rows of everybody too
 * long to read. What the commission said in reviewing a row is counted by itself: nobody talks it away.
 */
export function selectAnnotations(db: D1Database, sheetId: string, rowIds: string): D1PreparedStatement {
  return selectMade(db, 'n.of_text', sheetId, rowIds)
}

/** The same without the texts that they are said of, which are most of it; of all rows where `rowIds` is absent. */
export function selectBriefly(db: D1Database, sheetId: string, rowIds?: string): D1PreparedStatement {
  return selectMade(db, 'octet_length(n.of_text) AS size', sheetId, rowIds)
}

/** Only rows of which too much was said are added up, one annotation after another. */
function selectMade(db: D1Database, text: string, sheetId: string, rowIds?: string): D1PreparedStatement {
  const named = rowIds === undefined ? '' : 'AND row_id IN (SELECT value FROM json_each(?2))'
  return db
    .prepare(
      `SELECT n.id, n.row_id, n.col, n.kind, n.code, n.text, ${text}, n.actor_id, a.role, a.name, n.at
       FROM annotation n JOIN actor a ON a.id = n.actor_id
       WHERE sheet_id = ?1 ${named} AND n.id NOT IN (
         SELECT id FROM (
           SELECT id, sum(octet_length(of_text)) OVER (
             PARTITION BY row_id, code = '${REVIEW_CODE}' AND kind NOT IN ('reason', 'answer')
             ORDER BY id DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS later
           FROM annotation WHERE sheet_id = ?1 AND row_id IN (
             SELECT row_id FROM annotation WHERE sheet_id = ?1 ${named}
             GROUP BY row_id HAVING sum(octet_length(of_text)) > ${READ_BYTES}))
         WHERE later > ${READ_BYTES})
       ORDER BY n.id`,
    )
    .bind(sheetId, ...(rowIds === undefined ? [] : [rowIds]))
}

/** `size`: bytes of the text that it is said of. */
export type BriefAnnotation = Omit<MadeAnnotation, 'ofText'> & { id: number; size: number }

type AnnotationColumns = {
  id: number
  row_id: string
  col: string | null
  kind: Annotation['kind']
  code: string
  text: string
  actor_id: string
  role: Role
  name: string
  at: string
}

/** What of them is not withdrawn, oldest first. */
export function readAnnotations(result: D1Result | undefined): MadeAnnotation[] {
  const rows = (result?.results ?? []) as (AnnotationColumns & { of_text: string })[]
  return leaveOutWithdrawn(
    rows.map((row): MadeAnnotation => ({ ...toMade(row), ofText: row.of_text })),
    mayTakeBack,
  )
}

/** The same in a result of selectBriefly. For completeAnnotations. */
export function readBriefly(result: D1Result | undefined): BriefAnnotation[] {
  const rows = (result?.results ?? []) as (AnnotationColumns & { size: number })[]
  return leaveOutWithdrawn(
    rows.map((row): BriefAnnotation => ({ ...toMade(row), id: row.id, size: row.size })),
    mayTakeBack,
  )
}

function toMade(row: AnnotationColumns): Omit<MadeAnnotation, 'ofText'> {
  return {
    rowId: row.row_id,
    ...(row.col !== null ? { column: row.col } : {}),
    code: row.code,
    kind: row.kind,
    text: row.text,
    by: row.name,
    at: row.at,
    actorId: row.actor_id,
    role: row.role,
  }
}

/**
 * Annotations with the texts that they are said of: those that may stand for these rows as they are, and the last
 * of each actor, kind, row, column and code. What lapsed with its text is as long as the history of the plan, and
 * stays where it is. A text that was said of never changes, so it may be read after the rest.
 */
export async function completeAnnotations(
  db: D1Database,
  spec: SheetSpec,
  heads: readonly { row: Row }[],
  brief: readonly BriefAnnotation[],
): Promise<MadeAnnotation[]> {
  const rows = new Map(heads.map(({ row }) => [row.rowId, row]))
  const sizes = new Map<string, number>()
  const sizeNow = (row: Row, of: BriefAnnotation) => {
    const key = JSON.stringify([row.rowId, of.column, of.code])
    const size = sizes.get(key) ?? byteLength(annotatedText(spec, row, of))
    sizes.set(key, size)
    return size
  }
  const ofEach = groupBy(brief, ({ rowId, actorId }) => `${rowId}\n${actorId}`)
  const last = new Set([...ofEach.values()].flatMap((made) => lastOfEach(made)))
  const wanted = brief.filter((annotation) => {
    const row = rows.get(annotation.rowId)
    return row && (last.has(annotation) || annotation.size === sizeNow(row, annotation))
  })
  if (wanted.length === 0) return []
  const { results } = await db
    .prepare('SELECT n.id, n.of_text AS ofText FROM json_each(?1) e CROSS JOIN annotation n ON n.id = e.value')
    .bind(JSON.stringify(wanted.map(({ id }) => id)))
    .run<{ id: number; ofText: string }>()
  const texts = new Map(results.map(({ id, ofText }) => [id, ofText]))
  return wanted.flatMap(({ id, size: _, ...made }) => {
    const ofText = texts.get(id)
    return ofText === undefined ? [] : [{ ...made, ofText }]
  })
}

type Said = Pick<MadeAnnotation, 'code' | 'kind' | 'actorId' | 'role'>

/** The commission takes back what anybody said, a unit its own and the commission's but its review, not a joint lead's. */
function mayTakeBack(withdrawal: Said, made: Said): boolean {
  if (isReview(made) && withdrawal.role !== 'commission') return false
  return withdrawal.role === 'commission' || made.role === 'commission' || made.actorId === withdrawal.actorId
}

/**
 * What a reader is told of a row: what stands for it as it is, and what the reader's own office or unit said
 * last of another text, which may be the one in its sheet. Review is told only while the plan is collecting,
 * and of no other text than the row has. `ofRow`: of this row, oldest first.
 */
export function tellAnnotations(
  { plan, spec }: { plan: Plan; spec: SheetSpec },
  row: Row,
  ofRow: readonly MadeAnnotation[],
  reader: Actor,
): StoredAnnotation[] {
  const isTold = (made: MadeAnnotation) => plan.state === 'collecting' || !isReview(made)
  const standing = standingAnnotations(spec, row, ofRow).filter(isTold)
  const own = lastOfEach(ofRow.filter((made) => made.actorId === reader.id && !isReview(made)))
  return [...new Set([...standing, ...own])].map(({ actorId: _, role: __, ...annotation }) => annotation)
}

/** Reads everything that the commission said of a row in reviewing it, oldest first, withdrawn or lapsed or not. */
export function selectReviews(db: D1Database, sheetId: string, rowId: string): D1PreparedStatement {
  return db
    .prepare(
      `SELECT n.kind, n.col, n.text, a.name AS by, n.at FROM annotation n JOIN actor a ON a.id = n.actor_id
       WHERE n.sheet_id = ?1 AND n.row_id = ?2 AND n.code = '${REVIEW_CODE}'
         AND n.kind IN ('return', 'accept', 'withdrawal') AND a.role = 'commission' ORDER BY n.id`,
    )
    .bind(sheetId, rowId)
}

export function readReviews(result: D1Result | undefined): ReviewEvent[] {
  const rows = (result?.results ?? []) as (Omit<ReviewEvent, 'column'> & { col: string | null })[]
  return rows.map(({ col, ...review }) => (col === null ? review : { ...review, column: col }))
}
