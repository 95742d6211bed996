/** Reasons that come with a submission, and what they and those given before explain of its issues. */
import { type Annotation, annotatedText, standingByRow } from '../../domain/annotation.ts'
import type { StoredAnnotation } from '../../domain/protocol.ts'
import type { Row } from '../../domain/table.ts'
import { explainIssue } from '../row-issues.ts'
import type { MergedIssue } from './check-merged.ts'
import type { Loaded, SubmissionBody } from './load.ts'

/** Rows that were taken, as their submitter sees them, each with the columns that the submitter may write. */
export type Accepted = ReadonlyMap<string, { row: Row; writable: string[] }>

/** Each reason with the text it was given for. Nobody explains a cell of somebody else. */
export function reasonsOf(body: SubmissionBody, { spec }: Pick<Loaded, 'spec'>, accepted: Accepted): Annotation[] {
  return (body.reasons ?? []).flatMap(({ rowId, column, code, reason }): Annotation[] => {
    const { row, writable = [] } = accepted.get(rowId) ?? {}
    if (!row || (column !== undefined && !writable.includes(column))) return []
    const of = column === undefined ? { code } : { code, column }
    return [{ rowId, ...of, kind: 'reason', text: reason, ofText: annotatedText(spec, row, of) }]
  })
}

/** Issues of merged rows with the reasons that stand for them, those of this submission included. */
export function explainMerged(
  issues: readonly MergedIssue[],
  { spec, annotations }: Pick<Loaded, 'spec' | 'annotations'>,
  rows: readonly Row[],
  reasons: readonly Annotation[],
  giver: { by: string; at: string },
): MergedIssue[] {
  const given = reasons.map((reason): StoredAnnotation => ({ ...reason, ...giver }))
  const standing = standingByRow<StoredAnnotation>(spec, rows, [...annotations, ...given])
  return issues.map((issue) => explainIssue(issue, standing))
}
