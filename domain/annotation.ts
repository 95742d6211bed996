/**
 * Annotation: what somebody says about a cell or a row beside its text: the reason for leaving a warning,
 * or the answer to a question. It stands only while what it was said of reads the same.
 */
import { foldText } from './fold.ts'
import type { Issue } from './issue.ts'
import { milestoneKeys, type SheetSpec } from './sheet-spec.ts'
import type { Row } from './table.ts'
import { targetColumn } from './target-task.ts'
import type { TargetAnswer } from './targets.ts'

export type AnnotationKind =
  | 'reason' // text: why the issue stays
  | 'answer' // text: one of ANSWERS
  | 'withdrawal' // takes back the reason or answer of the same row, column and code

/** Answers to a question of target arithmetic, as they are stored. */
export const ANSWERS: readonly TargetAnswer['answer'][] = ['increment', 'cumulative', 'elsewhere']

/** `code`: from `issueKey`. `ofText`: from `annotatedText`. */
export type Annotation = {
  rowId: string
  column?: string
  code: string
  kind: AnnotationKind
  text: string
  ofText: string
}

/** Longest `code` of an annotation that the server takes. */
const MAX_CODE = 100

/**
 * The name under which an issue is explained: its code, and where one row can have several of that code
 * its subject too (target/not-covered#高校毕业生就业率 90%).
 */
export function issueKey({ code, params }: Pick<Issue, 'code' | 'params'>): string {
  const { subject } = params
  return subject === undefined ? code : `${code}#${subject}`.slice(0, MAX_CODE)
}

/**
 * What an annotation speaks of: a cell; for an issue without a column the whole row, of which target
 * arithmetic reads only the target and the milestones. A covered cell is ''.
 */
export function annotatedText(spec: SheetSpec, row: Row, { code, column }: { code: string; column?: string }): string {
  if (column !== undefined) return row.cells[column] ?? ''
  if (code.startsWith('target/')) return targetText(spec, row)
  return JSON.stringify(spec.columns.map(({ key }) => [row.cells[key] ?? null, row.spans?.[key] ?? 1]))
}

/** Folded, so that a stray blank does not ask a question again. */
function targetText(spec: SheetSpec, row: Row): string {
  const read = [targetColumn(spec), ...milestoneKeys(spec)]
  return JSON.stringify(read.map((key) => [foldText(row.cells[key] ?? ''), row.spans?.[key] ?? 1]))
}

/**
 * The annotations of a row that stand now, the last of each kind, column and code, given in the order in
 * which they were made.
 */
export function standingAnnotations<Made extends Annotation>(
  spec: SheetSpec,
  row: Row,
  annotations: readonly Made[],
): Made[] {
  const last = new Map<string, Made>()
  for (const annotation of annotations) {
    const { rowId, column, code } = annotation
    if (rowId === row.rowId) last.set(`${column ?? ''}\n${code}`, annotation)
  }
  return [...last.values()].filter(
    ({ kind, ofText, ...of }) => kind !== 'withdrawal' && ofText === annotatedText(spec, row, of),
  )
}
