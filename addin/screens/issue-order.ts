/** In which order issues are worked through, how they are grouped and filtered, and what comes next in words. Pure. */
import { issueKey } from '../../domain/annotation.ts'
import { isProvisional } from '../../domain/table.ts'
import type { IssueStep, IssueView, PlacedIssue } from '../checking-state.ts'
import { SEVERITIES } from '../flows/check.ts'
import type { Translate } from '../messages.ts'

/**
 * What was sent back comes first, then what keeps a row out, then what has to be mended or explained, what is asked,
 * what is advice.
 */
export const TO_DO: readonly IssueStep[] = ['returned', ...SEVERITIES]

/** What is to be done with an issue. */
export function stepOf({ issue: { code, severity } }: Pick<PlacedIssue, 'issue'>): IssueStep {
  return code === 'review/returned' ? 'returned' : severity
}

/** Kinds that the list can be narrowed to: what stays for a reason is none of what is to be done. */
export const KINDS: readonly Kind[] = [...TO_DO, 'explained']

type Kind = Exclude<IssueView['severity'], 'all'>

function kindOf(placed: PlacedIssue): Kind {
  return placed.reason ? 'explained' : stepOf(placed)
}

export type Grouped = { open: Record<IssueStep, PlacedIssue[]>; explained: PlacedIssue[] }

/**
 * Open issues by what to do with them, and those that stay for a reason. Within a group they stand as on the
 * sheet, the whole table first: people work down the sheet from cell to cell. Fixes that need no look are made
 * all at once; lifting the others out would only tear apart what belongs to one row.
 */
export function groupIssues(issues: readonly PlacedIssue[]): Grouped {
  const sorted = [...issues].sort(bySheet)
  const open: Grouped['open'] = { returned: [], error: [], warning: [], ask: [], hint: [] }
  for (const placed of sorted) if (!placed.reason) open[stepOf(placed)].push(placed)
  return { open, explained: sorted.filter(({ reason }) => reason !== undefined) }
}

export type IssueGroup = { key: string; issues: PlacedIssue[] }

/** Open issues by row or by rule: groups by the gravest in them, then as on the sheet; so too within a group. */
export function groupOpen(issues: readonly PlacedIssue[], by: 'row' | 'rule'): IssueGroup[] {
  const groups = new Map<string, PlacedIssue[]>()
  for (const placed of issues.filter(({ reason }) => !reason).sort(byStep)) {
    const key = by === 'rule' ? placed.issue.code : String(placed.row ?? '')
    const of = groups.get(key)
    if (of) of.push(placed)
    else groups.set(key, [placed])
  }
  return [...groups].map(([key, of]) => ({ key, issues: of }))
}

function bySheet(one: PlacedIssue, other: PlacedIssue): number {
  return (one.row ?? -1) - (other.row ?? -1) || (one.column ?? -1) - (other.column ?? -1)
}

function byStep(one: PlacedIssue, other: PlacedIssue): number {
  return TO_DO.indexOf(stepOf(one)) - TO_DO.indexOf(stepOf(other)) || bySheet(one, other)
}

export const EVERY_ISSUE: IssueView = { groups: 'todo', severity: 'all', all: false, text: '' }

/**
 * What a view shows of the issues; counts of each filter say what it would show with the others as they are. `says`:
 * everything that is to be read of an issue, among which words are looked for.
 */
export function filterIssues(
  issues: readonly PlacedIssue[],
  view: IssueView,
  says: (placed: PlacedIssue) => string,
): { shown: PlacedIssue[]; steps: Record<IssueView['severity'], number>; mine: number; all: number } {
  const words = view.text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const found =
    words.length === 0
      ? [...issues]
      : issues.filter((placed) => {
          const said = says(placed).toLowerCase()
          return words.every((word) => said.includes(word))
        })
  const isOfStep = (placed: PlacedIssue) => view.severity === 'all' || kindOf(placed) === view.severity
  const isOfScope = (placed: PlacedIssue) => view.all || placed.mine
  const steps = { all: 0, returned: 0, error: 0, warning: 0, ask: 0, hint: 0, explained: 0 }
  for (const placed of found.filter(isOfScope)) {
    steps.all++
    steps[kindOf(placed)]++
  }
  const ofStep = found.filter(isOfStep)
  return {
    shown: ofStep.filter(isOfScope),
    steps,
    mine: ofStep.filter(({ mine }) => mine).length,
    all: ofStep.length,
  }
}

/**
 * A name for each issue that it keeps from one check to the next, so that a reason half written stays with its own.
 * Rows without an id are known by their task: their numbers change with every row put in above.
 */
export function nameIssues(issues: readonly PlacedIssue[]): Map<PlacedIssue, string> {
  const counts = new Map<string, number>()
  return new Map(
    issues.map((placed) => {
      const { issue, task } = placed
      const row = issue.rowId === undefined || !isProvisional(issue.rowId) ? issue.rowId : task
      const key = [row, issue.column, issueKey(issue), issue.params.found].join(' ')
      const nth = counts.get(key) ?? 0
      counts.set(key, nth + 1)
      return [placed, `${key} ${nth}`]
    }),
  )
}

/** What to do next, a sentence each: 先改 2 处错误；另有 3 处请修改或说明理由。 `fixable`: issues whose fixes need no look. */
export function nextSteps(
  { open }: Grouped,
  { t, fixable, maySubmit }: { t: Translate; fixable: number; maySubmit: boolean },
): string[] {
  const { length: returned } = open.returned
  const { length: errors } = open.error
  const { length: warnings } = open.warning
  const { length: asks } = open.ask
  const { length: hints } = open.hint
  const also = [
    ...(errors > 0 && warnings > 0 ? [t('next.alsoWarnings', { count: warnings })] : []),
    ...(errors + warnings > 0 && asks > 0 ? [t('next.alsoAsks', { count: asks })] : []),
  ].join('')
  const isNothingToDo = returned + errors + warnings + asks === 0
  return [
    ...(returned > 0 ? [t('next.returned', { count: returned })] : []),
    ...(errors > 0 ? [t(returned > 0 ? 'next.thenErrors' : 'next.errors', { count: errors, also })] : []),
    ...(errors === 0 && warnings > 0
      ? [t(returned > 0 ? 'next.thenWarnings' : 'next.warnings', { count: warnings, also })]
      : []),
    ...(returned + errors + warnings === 0 && asks > 0 ? [t('next.asks', { count: asks })] : []),
    ...(isNothingToDo ? [t(maySubmit ? 'next.submit' : 'next.nothing')] : []),
    ...(isNothingToDo && hints > 0 ? [t('next.hints', { count: hints })] : []),
    ...(fixable > 1 ? [t('next.fixable', { count: fixable })] : []),
  ]
}
