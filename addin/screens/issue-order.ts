/** In which order issues are worked through, and what comes next in words. Pure. */
import { issueKey } from '../../domain/annotation.ts'
import type { Severity } from '../../domain/issue.ts'
import type { Translate } from '../messages.ts'
import type { PlacedIssue } from '../state.ts'

/** What keeps a row out comes first, then what has to be mended or explained, what is asked, what is advice. */
export const TO_DO: readonly Severity[] = ['error', 'warning', 'ask', 'hint']

export type Grouped = { open: Record<Severity, PlacedIssue[]>; explained: PlacedIssue[] }

/**
 * Open issues by what to do with them, and those that stay for a reason. Within a group they stand as on the
 * sheet, the whole table first: people work down the sheet from cell to cell. Fixes that need no look are made
 * all at once; lifting the others out would only tear apart what belongs to one row.
 */
export function groupIssues(issues: readonly PlacedIssue[]): Grouped {
  const sorted = [...issues].sort(
    (one, other) => (one.row ?? -1) - (other.row ?? -1) || (one.column ?? -1) - (other.column ?? -1),
  )
  const open: Grouped['open'] = { error: [], warning: [], ask: [], hint: [] }
  for (const placed of sorted) if (!placed.reason) open[placed.issue.severity].push(placed)
  return { open, explained: sorted.filter(({ reason }) => reason !== undefined) }
}

/** A name for each issue that it keeps from one check to the next, so that a reason half written stays with its own. */
export function keysOf(issues: readonly PlacedIssue[]): string[] {
  const counts = new Map<string, number>()
  return issues.map(({ issue }) => {
    const key = [issue.rowId, issue.column, issueKey(issue), issue.params.found].join(' ')
    const nth = counts.get(key) ?? 0
    counts.set(key, nth + 1)
    return `${key} ${nth}`
  })
}

/** What to do next, a sentence each: 先改 2 处错误；另有 3 处请修改或说明理由。 `fixable`: issues whose fixes need no look. */
export function nextSteps(
  { open }: Grouped,
  { t, fixable, maySubmit }: { t: Translate; fixable: number; maySubmit: boolean },
): string[] {
  const { length: errors } = open.error
  const { length: warnings } = open.warning
  const { length: asks } = open.ask
  const { length: hints } = open.hint
  const also = [
    ...(errors > 0 && warnings > 0 ? [t('next.alsoWarnings', { count: warnings })] : []),
    ...(errors + warnings > 0 && asks > 0 ? [t('next.alsoAsks', { count: asks })] : []),
  ].join('')
  const isNothingToDo = errors + warnings + asks === 0
  return [
    ...(errors > 0 ? [t('next.errors', { count: errors, also })] : []),
    ...(errors === 0 && warnings > 0 ? [t('next.warnings', { count: warnings, also })] : []),
    ...(errors + warnings === 0 && asks > 0 ? [t('next.asks', { count: asks })] : []),
    ...(isNothingToDo ? [t(maySubmit ? 'next.submit' : 'next.nothing')] : []),
    ...(isNothingToDo && hints > 0 ? [t('next.hints', { count: hints })] : []),
    ...(fixable > 1 ? [t('next.fixable', { count: fixable })] : []),
  ]
}
