/**
 * Whether the milestones of a row keep the promise of its target. Judged in `targets.ts`; here it is decided
 * what of that is said, once for figures that belong together, and at which cell.
 */
import { foldText } from '../fold.ts'
import { columnOf, milestoneKeys, type SheetSpec } from '../sheet-spec.ts'
import type { Table, TableRow } from '../table.ts'
import { coveredColumns } from '../table.ts'
import { type RowTargets, rowTargets } from '../target-task.ts'
import { promiseText } from '../targets/arithmetic.ts'
import { clausesOf } from '../targets/work.ts'
import { checkTargets, subjectsOf, type TargetCheck, type Verdict } from '../targets.ts'
import { type Finding, rowRule } from './rule.ts'

const CODES = {
  'target/falls-short': 'warning',
  'target/exceeds': 'hint',
  'target/cumulative-falls': 'error',
  'target/rate-regresses': 'warning',
  'target/share-regresses': 'error',
  'target/restated-differs': 'error',
  'target/not-covered': 'warning',
  'target/stage-only': 'hint',
  'target/scope-differs': 'ask',
  'target/ambiguous': 'ask',
  'target/not-comparable': 'hint',
} as const

type Code = keyof typeof CODES

export const targetArithmetic = rowRule({
  level: 'row',
  per: 'row',
  codes: CODES,
  check(row, { table, context, read: quantitiesOf }) {
    const read = rowTargets(table.spec, row)
    if (!read) return []
    const checks = checkTargets(read.task, context.answers?.get(row.rowId), quantitiesOf)
    if (checks.every(({ severity }) => severity === 'ok')) return []
    const subjects = subjectsOf(checks.map(({ target }) => target))
    const partial = isPartial(table, row, read, context.unconfirmed?.has(row.rowId) ?? false)
    const spoken = checks.map((check) => (partial && LACKING.has(check.verdict) ? undefined : codeOf(check)))
    const answered = new Set(
      checks.filter((check, at) => spoken[at] === undefined && LACKING.has(check.verdict)).map(groupOf),
    )
    const said = new Set<string>()
    return checks.flatMap((check, at) => {
      const code = spoken[at]
      const group = groupOf(check)
      if (code === undefined || said.has(group) || answered.has(group)) return []
      said.add(group)
      return [findingOf(check, code, read, table.spec, subjects[at] ?? '')]
    })
  },
})

/** Verdicts that something is missing; where not all that is planned was read, they would be guesses. */
const LACKING: ReadonlySet<Verdict> = new Set([
  'falls-short',
  'not-covered',
  'stage-only',
  'scope-differs',
  'ambiguous',
])

/** A milestone is still blank or uncovered, its periods are not confirmed, or several rows share the target. */
function isPartial(
  { spec }: Pick<Table, 'spec'>,
  row: TableRow,
  { column }: RowTargets,
  unconfirmed: boolean,
): boolean {
  const keys = milestoneKeys(spec)
  const filled = keys.filter((key) => foldText(row.cells[key] ?? '') !== '')
  const covered = new Set(filled.flatMap((key) => coveredColumns(row, key, keys)))
  return unconfirmed || covered.size < keys.length || (row.mergedDown?.includes(column) ?? false)
}

function codeOf({ verdict, severity }: TargetCheck): Code | undefined {
  const code = `target/${verdict}`
  return severity !== 'ok' && isCode(code) ? code : undefined
}

function isCode(code: string): code is Code {
  return Object.hasOwn(CODES, code)
}

/** Figures of one thing (7个，1608户，93栋) and shares of one work are spoken of once. */
function groupOf({ verdict, metric, target, written, evidence }: TargetCheck): string {
  if (written?.ofWork) return JSON.stringify([verdict, evidence])
  const shared = verdict === 'stage-only' || verdict === 'not-covered'
  return shared && metric !== '' ? `${verdict}\n${metric}` : `${verdict}\n${target.start}`
}

function findingOf(
  check: TargetCheck,
  code: Code,
  { task, columns, column: targetColumn }: RowTargets,
  spec: SheetSpec,
  subject: string,
): Finding<Code> & { column?: string } {
  const { severity, target, written, evidence, metric } = check
  const last = check.verdict === 'stage-only' ? undefined : evidence.at(-1)
  const column = last && columns[last.milestone]
  const named = code === 'target/scope-differs' || code === 'target/not-comparable'
  const found = evidence.map(({ milestone, start, end }) => {
    const text = task.milestones[milestone]?.text ?? ''
    return named ? clauseAt(text, start, end) : text.slice(start, end)
  })
  return {
    code,
    ...(severity !== 'ok' && severity !== CODES[code] && { severity }),
    ...(column !== undefined && { column }),
    params: {
      subject,
      metric,
      source: (columnOf(spec, targetColumn)?.header ?? targetColumn).replace(/\s+/g, ''),
      target: promiseText(task.target, target),
      found: [...new Set(found)].join('、').slice(0, LONGEST_FOUND),
      ...(written && { figures: written.figures, sum: written.reached, gap: written.gap }),
      several: written?.several ? 1 : 0,
      adds: written?.adds ? 1 : 0,
      over: written && !written.short ? 1 : 0,
      cap: target.comparator === '<=' || target.comparator === '<' ? 1 : 0,
    },
  }
}

const LONGEST_FOUND = 60

/** The words around a figure that tell what it counts. */
function clauseAt(text: string, start: number, end: number): string {
  const clause = clausesOf(text).find((one) => one.start <= start && end <= one.end)
  return (clause?.text ?? text.slice(start, end)).trim()
}
