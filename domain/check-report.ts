/**
 * 校验报告: what the check found and what became of it, and whether the milestones of each row keep its
 * target, as one sheet to print. The same in the master, in the pane and on the command line.
 */
import { toBeijingTime } from './beijing-time.ts'
import type { CheckContext } from './check-context.ts'
import type { Issue, Severity } from './issue.ts'
import { drawList, type ListColumn, type ListRow } from './master-list.ts'
import { issueText } from './messages.ts'
import { ANSWER_WORDS, SEVERITY_WORDS, VERDICT_WORDS } from './messages-verdicts.ts'
import type { Quantity } from './quantity.ts'
import type { SheetModel } from './sheet-model.ts'
import { columnOf, type SheetSpec } from './sheet-spec.ts'
import type { Row } from './table.ts'
import { rowTargets } from './target-task.ts'
import { checkTargets, subjectsOf, type TargetAnswer, type TargetCheck, type TargetTask } from './targets.ts'

export type CheckReport = {
  /** Of the plan. */
  title: string
  spec: SheetSpec
  /** In the order of the table. `lead`: units as they are approved; without it those that the row names. */
  rows: readonly (Row & { lead?: readonly string[] })[]
  /** In the order of the table, each with the reason for leaving it where one stands. */
  issues: readonly (Issue & { reason?: { text: string; by: string } })[]
  targets: readonly RowTargetChecks[]
  /** When this was so, ISO 8601. */
  at: string
}

/** What target arithmetic says of a row, what it read, and which answers it heeded. */
export type RowTargetChecks = {
  rowId: string
  task: TargetTask
  checks: readonly TargetCheck[]
  answers?: readonly (TargetAnswer & { by?: string })[]
}

/** Target arithmetic of rows in their order, for the report; nothing in a form without milestones. `answers`: those that stand, by rowId. */
export function checkRowTargets(
  spec: SheetSpec,
  rows: readonly Row[],
  answers?: CheckContext['answers'],
): RowTargetChecks[] {
  return rows.flatMap((row): RowTargetChecks[] => {
    const read = rowTargets(spec, row)
    if (!read) return []
    const given = answers?.get(row.rowId) ?? []
    return [{ rowId: row.rowId, task: read.task, checks: checkTargets(read.task, given), answers: given }]
  })
}

export const CHECK_SHEET = '校验报告'

/** One header serves both lists, because it is repeated on every printed page. */
const COLUMNS: ListColumn[] = [
  { header: '序号', width: 7, centered: true },
  { header: '重点任务', width: 28 },
  { header: '栏目／目标', width: 20, centered: true },
  { header: '级别／结论', width: 18, centered: true },
  { header: '校验提示／各期数量', width: 52 },
  { header: '保留理由／核算', width: 34 },
  { header: '办理单位', width: 20, centered: true },
]

/** Cells that units do not write are the commission's to mend. */
const COMMISSION = '县发展改革委'
const NOBODY = '——'
const TASK_LENGTH = 24

/** The report as a sheet: issues in the order of the table, then each target with its figures, sum and verdict. */
export function checkReport(report: CheckReport): SheetModel {
  const { title, issues, targets, at } = report
  const rows = new Map(report.rows.map((row) => [row.rowId, row]))
  const issueRows = issues.map((issue) => describeIssue(report, rows.get(issue.rowId ?? ''), issue))
  const targetRows = targets.flatMap((of) => describeTargets(report, rows.get(of.rowId), of))
  const lines: ListRow[] = [
    issueRows.length > 0 ? `一、校验提示（${issueRows.length}条）` : '一、校验提示：未发现问题',
    ...issueRows,
    ...(targetRows.length > 0 ? [`二、目标核算（${targetRows.length}项）`, ...targetRows] : []),
  ]
  return drawList(CHECK_SHEET, [`${title}校验报告`, `截至${toBeijingTime(at)}　${countIssues(issues)}`], COLUMNS, lines)
}

type ReportRow = CheckReport['rows'][number]

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'ask', 'hint']

function countIssues(issues: CheckReport['issues']): string {
  const counts = SEVERITIES.map(
    (severity) => `${SEVERITY_WORDS[severity].zh}${issues.filter((issue) => issue.severity === severity).length}条`,
  )
  const explained = issues.filter(({ reason }) => reason !== undefined).length
  return `${counts.join('，')}；已说明保留理由${explained}条`
}

function describeIssue({ spec }: CheckReport, row: ReportRow | undefined, issue: CheckReport['issues'][number]) {
  const { severity, column, reason } = issue
  const header = column === undefined ? undefined : columnOf(spec, column)
  const isOfUnit = row !== undefined && (header === undefined || header.writer === 'lead')
  return [
    ...describeRow(row),
    header === undefined ? (row ? '整行' : '全表') : inOneLine(header.header),
    SEVERITY_WORDS[severity].zh,
    issueText(issue, spec),
    reason ? `${reason.text}（${reason.by}）` : '',
    isOfUnit ? unitsOf(row) : COMMISSION,
  ]
}

function describeTargets({ spec, issues }: CheckReport, row: ReportRow | undefined, of: RowTargetChecks): string[][] {
  const { rowId, task, checks, answers = [] } = of
  const found = issues.filter((issue) => issue.rowId === rowId)
  const subjects = subjectsOf(checks.map(({ target }) => target))
  return checks.map((check, i) => {
    const { metric, target, verdict, arithmetic, evidence } = check
    const severity = findTold(found, check, subjects[i])?.severity
    const words = VERDICT_WORDS[verdict].zh
    const figures = evidence.flatMap(({ milestone, start, end }) => {
      const read = task.milestones[milestone]
      return read ? [`${labelPeriods(spec, read.periods)}：${inOneLine(read.text.slice(start, end))}`] : []
    })
    const said = answers
      .filter(({ subject }) => subject === subjects[i])
      .map(({ answer, by }) => `${ANSWER_WORDS[answer].zh}${by === undefined ? '' : `（${by}）`}`)
    return [
      ...describeRow(row),
      describeQuantity(metric, target),
      severity === undefined ? words : `${words}\n（${SEVERITY_WORDS[severity].zh}）`,
      figures.join('；'),
      [...(arithmetic === undefined ? [] : [arithmetic]), ...said].join('\n'),
      severity === undefined || !row ? NOBODY : unitsOf(row),
    ]
  })
}

/**
 * The issue in which the check told it, if it did: of a row that is not filled in yet it leaves open what may
 * still come, and of several figures of one thing it speaks once. `issues`: of the target's row.
 */
export function findTold<Told extends Pick<Issue, 'code' | 'params'>>(
  issues: readonly Told[],
  { verdict, metric }: Pick<TargetCheck, 'verdict' | 'metric'>,
  subject: string | undefined,
): Told | undefined {
  const told = issues.filter(({ code }) => code === `target/${verdict}`)
  return told.find(({ params }) => params.subject === subject) ?? told.find(({ params }) => params.metric === metric)
}

function describeRow(row: ReportRow | undefined): [number: string, task: string] {
  const task = [...inOneLine(row?.cells.task ?? '')]
  const isLong = task.length > TASK_LENGTH
  return [row?.cells.number ?? '', isLong ? `${task.slice(0, TASK_LENGTH).join('')}…` : task.join('')]
}

function unitsOf({ lead, cells }: ReportRow): string {
  return lead && lead.length > 0 ? lead.join('、') : inOneLine(cells.leadUnits ?? '')
}

const SIGNS: Record<Quantity['comparator'], string> = {
  '>=': '≥',
  '<=': '≤',
  '>': '＞',
  '<': '＜',
  '≈': '约',
  '=': '',
  range: '',
}

/** 城镇新增就业 ≥10000人. */
export function describeQuantity(metric: string, { comparator, text }: Quantity): string {
  return [metric, `${SIGNS[comparator]}${inOneLine(text)}`].filter((part) => part !== '').join(' ')
}

/** Labels of periods are the headers of their columns: 3月, or 3月至7月 for a span. */
export function labelPeriods(spec: SheetSpec, periods: readonly string[]): string {
  const labels = [periods[0], ...(periods.length > 1 ? [periods.at(-1)] : [])].map((period) =>
    inOneLine(spec.columns.find((column) => column.period === period)?.header ?? period ?? ''),
  )
  return labels.join('至')
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s*[\r\n]\s*/g, '')
}
