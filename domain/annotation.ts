/**
 * Annotation: what somebody says about a cell or a row beside its text: the reason for leaving a warning,
 * or the answer to a question. It stands only while what it was said of reads the same.
 */
import { foldText } from './fold.ts'
import type { Issue } from './issue.ts'
import { REVIEW_CODE } from './review.ts'
import { milestoneKeys, type SheetSpec } from './sheet-spec.ts'
import type { Row } from './table.ts'
import { targetColumn } from './target-task.ts'
import type { TargetAnswer } from './targets.ts'

export type AnnotationKind =
  | 'reason' // text: why the issue stays
  | 'answer' // text: one of ANSWERS
  | 'return' // 退回, by the commission; text: what is to be mended
  | 'accept' // 通过, by the commission, of a whole row; text: ''
  | 'withdrawal' // takes back whatever was said of the same row, column and code
// An acceptance also settles what was sent back in its row before.

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
  if (subject === undefined) return code
  // Half a character at the end could not be sent.
  return `${code}#${subject}`.slice(0, MAX_CODE).replace(/[\uD800-\uDBFF]$/, '')
}

/**
 * What an annotation speaks of: of target arithmetic the target and all milestones, whatever cell it points
 * at; else its cell, a covered one being ''; for an issue without a column the whole row, for the review of
 * a row all but its 序号: rows that are numbered anew need no second review.
 */
export function annotatedText(spec: SheetSpec, row: Row, { code, column }: { code: string; column?: string }): string {
  if (isArithmetic(code)) return targetText(spec, row)
  if (column !== undefined) return row.cells[column] ?? ''
  return JSON.stringify(columnsOf(spec, code).map((key) => [row.cells[key] ?? null, row.spans?.[key] ?? 1]))
}

/** Columns that a word of this code about a whole row speaks of. */
function columnsOf(spec: SheetSpec, code: string): string[] {
  const keys = spec.columns.map(({ key }) => key)
  return code === REVIEW_CODE ? keys.filter((key) => key !== 'number') : keys
}

/**
 * The row that a text of annotatedText about a whole row was made of; undefined for one of other columns.
 * `ofText`: as stored.
 */
export function rowOfText(spec: SheetSpec, { rowId, code, ofText }: Annotation): Row | undefined {
  const keys = columnsOf(spec, code)
  const texts = JSON.parse(ofText) as [text: string | null, span: number][]
  if (texts.length !== keys.length) return undefined
  const told = keys.map((key, i) => ({ key, text: texts[i]?.[0] ?? null, span: texts[i]?.[1] ?? 1 }))
  const row: Row = {
    rowId,
    cells: Object.fromEntries(told.flatMap(({ key, text }) => (text === null ? [] : [[key, text]]))),
  }
  const spans = Object.fromEntries(told.flatMap(({ key, span }) => (span > 1 ? [[key, span]] : [])))
  return Object.keys(spans).length > 0 ? { ...row, spans } : row
}

/** A count beside its list is read in one cell. */
function isArithmetic(code: string): boolean {
  return code.startsWith('target/') && !code.startsWith('target/list-count')
}

/** Folded, so that a stray blank does not ask a question again. */
function targetText(spec: SheetSpec, row: Row): string {
  const read = [targetColumn(spec), ...milestoneKeys(spec)]
  return JSON.stringify(read.map((key) => [foldText(row.cells[key] ?? ''), row.spans?.[key] ?? 1]))
}

/**
 * What is left, in the order in which it was made, once every withdrawal took back what was said before it
 * of the same row, column and code, whatever that was said of, and every acceptance what was sent back in its
 * row before. `reaches`: whether a withdrawal may take back that one.
 */
export function leaveOutWithdrawn<Made extends Omit<Annotation, 'ofText'>>(
  annotations: readonly Made[],
  reaches: (withdrawal: Made, made: Made) => boolean = () => true,
): Made[] {
  if (!annotations.some(({ kind }) => kind === 'withdrawal' || kind === 'accept')) return [...annotations]
  const left = new Map<string, Set<Made>>()
  const returned = new Map<string, Set<Made>>()
  for (const annotation of annotations) {
    const { kind, rowId } = annotation
    const key = `${rowId}\n${placeOf(annotation)}`
    const said = left.get(key) ?? new Set<Made>()
    left.set(key, said)
    if (kind !== 'withdrawal') said.add(annotation)
    else for (const made of said) if (reaches(annotation, made)) said.delete(made)
    const sentBack = returned.get(rowId) ?? new Set<Made>()
    returned.set(rowId, sentBack)
    if (kind === 'return') sentBack.add(annotation)
    if (kind !== 'accept') continue
    for (const made of sentBack) left.get(`${rowId}\n${placeOf(made)}`)?.delete(made)
    sentBack.clear()
  }
  return annotations.filter((annotation) => left.get(`${annotation.rowId}\n${placeOf(annotation)}`)?.has(annotation))
}

/** The last of each kind, column and code, in the order in which they were made. For annotations of one row. */
export function lastOfEach<Made extends Omit<Annotation, 'ofText'>>(annotations: readonly Made[]): Made[] {
  const last = new Map<string, Made>()
  for (const annotation of annotations) {
    const key = `${annotation.kind}\n${placeOf(annotation)}`
    last.delete(key)
    last.set(key, annotation)
  }
  return [...last.values()]
}

function placeOf({ column = '', code }: Pick<Annotation, 'column' | 'code'>): string {
  return `${column}\n${code}`
}

/**
 * The annotations of a row that stand, in the order in which they were made: not withdrawn, said of the very
 * text that the row has now, and the last of their kind, column and code. They lapse with the text and come
 * back with it. `annotations`: in the order in which they were made.
 */
export function standingAnnotations<Made extends Annotation>(
  spec: SheetSpec,
  row: Row,
  annotations: readonly Made[],
): Made[] {
  const ofRow = leaveOutWithdrawn(annotations.filter(({ rowId }) => rowId === row.rowId))
  const textOf = rememberTexts(spec, row)
  return lastOfEach(ofRow.filter((annotation) => annotation.ofText === textOf(annotation)))
}

/** The same for many rows, by rowId; a row of which nothing stands is left out. */
export function standingByRow<Made extends Annotation>(
  spec: SheetSpec,
  rows: readonly Row[],
  annotations: readonly Made[],
): Map<string, Made[]> {
  const byRow = new Map<string, Made[]>()
  for (const annotation of annotations) {
    const of = byRow.get(annotation.rowId)
    if (of) of.push(annotation)
    else byRow.set(annotation.rowId, [annotation])
  }
  return new Map(
    rows.flatMap((row): [string, Made[]][] => {
      const standing = standingAnnotations(spec, row, byRow.get(row.rowId) ?? [])
      return standing.length > 0 ? [[row.rowId, standing]] : []
    }),
  )
}

/** A row may have many annotations; what they speak of is put together once. */
function rememberTexts(spec: SheetSpec, row: Row): (of: { code: string; column?: string }) => string {
  const known = new Map<string, string>()
  return (of) => {
    const what = isArithmetic(of.code) ? '/' : (of.column ?? (of.code === REVIEW_CODE ? '//' : ''))
    const text = known.get(what) ?? annotatedText(spec, row, of)
    known.set(what, text)
    return text
  }
}

type Said = Annotation & { by?: string }
type Answer = TargetAnswer & { by?: string }

/** Answers for the check by row, the last to each subject, for `CheckContext.answers`. `standing`: from standingByRow. */
export function targetAnswers(standing: ReadonlyMap<string, readonly Said[]>): Map<string, Answer[]> {
  const answers = new Map<string, Answer[]>()
  for (const [rowId, annotations] of standing) {
    const given = new Map<string, Answer>()
    for (const { kind, code, text, by } of annotations) {
      const answer = ANSWERS.find((word) => word === text)
      const subject = subjectOfKey(code)
      if (kind === 'answer' && answer)
        given.set(subject, by === undefined ? { subject, answer } : { subject, answer, by })
    }
    if (given.size > 0) answers.set(rowId, [...given.values()])
  }
  return answers
}

/** What stands behind the code in an issue's key; '' where it has no subject. */
export function subjectOfKey(key: string): string {
  const at = key.indexOf('#')
  return at < 0 ? '' : key.slice(at + 1)
}

/**
 * The reason for leaving an issue: the last that names it, or its code without a subject. An error has to be
 * mended, so none explains it. `standing`: of the issue's row.
 */
export function reasonFor<Made extends Annotation>(
  standing: readonly Made[],
  issue: Pick<Issue, 'code' | 'severity' | 'column' | 'params'>,
): Made | undefined {
  if (issue.severity === 'error') return undefined
  const key = issueKey(issue)
  return standing
    .filter(
      ({ kind, column, code }) => kind === 'reason' && column === issue.column && (code === key || code === issue.code),
    )
    .at(-1)
}
