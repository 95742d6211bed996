/** What the tests of 审核 do: judge rows as the commission, and read where they stand. */
import { annotatedText } from '../../domain/annotation.ts'
import { breakdownSpec } from '../../domain/plan.ts'
import { type AnnotationBody, Desk, type ServerRow } from '../../domain/protocol.ts'
import { REVIEW_CODE } from '../../domain/review.ts'
import { call, type Keys, planFile, pull, type Reply } from './county.ts'

const SPEC = breakdownSpec({ ...planFile('any').plan, state: 'collecting' })

type Said = Pick<AnnotationBody, 'rowId' | 'kind'> & Partial<AnnotationBody>

/** A word of the review about a row as it was read. */
export function said(rows: readonly ServerRow[], { rowId, kind, ...more }: Said): AnnotationBody {
  const row = rows.find((candidate) => candidate.rowId === rowId)
  if (!row) throw new Error(`no row ${rowId}`)
  const { column } = more
  const of = { code: REVIEW_CODE, ...(column !== undefined ? { column } : {}) }
  const text = kind === 'return' ? '请写明具体数量' : ''
  return { rowId, ...of, kind, text, ofText: annotatedText(SPEC, row, of), ...more }
}

export function review(planId: string, key: string, annotations: object[], headers = {}): Promise<Reply> {
  return call(`/api/plans/${planId}/annotations`, { key, body: { annotations }, headers })
}

/** Judges rows as they stand now, and expects that it is taken. */
export async function judge(planId: string, keys: Keys, ...words: Said[]): Promise<void> {
  const rows = await pull(planId, keys.commission)
  const reply = await review(
    planId,
    keys.commission,
    words.map((word) => said(rows, word)),
  )
  if (reply.status !== 200) throw new Error(`refused: ${JSON.stringify(reply.json)}`)
}

/** Where the review of a row stands, as a reader is told; undefined for none. */
export async function reviewOf(planId: string, key: string, rowId: string): Promise<ServerRow['review']> {
  return (await pull(planId, key)).find((row) => row.rowId === rowId)?.review
}

export async function deskOf(planId: string, keys: Keys): Promise<Desk> {
  return Desk.parse((await call(`/api/plans/${planId}/desk`, { key: keys.commission })).json)
}
