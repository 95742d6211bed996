/** What 目标核算 shows of a checked table: its targets, their figures by period, what was told and answered. Pure. */
import { subjectOfKey, targetAnswers } from '../../domain/annotation.ts'
import { findTold } from '../../domain/check-report.ts'
import { extractQuantities, type Quantity, type QuantityRole } from '../../domain/quantity.ts'
import type { TableRow } from '../../domain/table.ts'
import { type RowTargets, rowTargets } from '../../domain/target-task.ts'
import { checkTargets, subjectsOf, type TargetCheck } from '../../domain/targets.ts'
import type { CheckResult, PlacedIssue, Said } from '../checking-state.ts'
import { type Path, pathOf } from './target-path.ts'

/** A stretch of a cell; `quantity` is absent where it tells work without a figure. `role`: as it was read. */
export type Found = {
  milestone: number
  column: string
  start: number
  end: number
  text: string
  quantity?: Quantity
  role?: QuantityRole | 'open'
}

/**
 * One target of a row. `told`: the issue in which the check speaks of it. `asks`: that issue is about this very
 * target, not about another figure of the same thing. `answer`: the one that stands.
 */
export type TargetView = {
  subject: string
  check: TargetCheck
  found: Found[]
  told?: PlacedIssue
  asks: boolean
  answer?: Said
  path?: Path
}

/** `unread`: quantities of the target's text that promise nothing. `isFilled`: no milestone is blank. */
export type TargetRowView = {
  row: TableRow
  read: RowTargets
  targets: TargetView[]
  unread: TargetCheck[]
  isFilled: boolean
}

/** Rows with something to do, rows of which something was said, those with advice alone, and the rest, each as on the sheet. */
export type TargetGroups = Record<'open' | 'explained' | 'advised' | 'fine', TargetRowView[]>

/** The rows of a checked table that have targets. */
export function readTargetRows({ spec, table, issues, standing }: CheckResult): TargetRowView[] {
  const saidOf = groupByRow(standing, ({ rowId }) => rowId)
  const toldOf = groupByRow(issues, ({ issue }) => issue.rowId ?? '')
  const answers = targetAnswers(saidOf)
  return table.flatMap((row): TargetRowView[] => {
    const read = rowTargets(spec, row)
    if (!read) return []
    const checks = checkTargets(read.task, answers.get(row.rowId))
    const subjects = subjectsOf(checks.map(({ target }) => target))
    const quantities = read.task.milestones.map(({ text }) => extractQuantities(text))
    const told = (toldOf.get(row.rowId) ?? []).map((placed) => ({ ...placed.issue, placed }))
    const said = (saidOf.get(row.rowId) ?? []).filter(({ kind }) => kind === 'answer')
    const targets = checks.map((check, at): TargetView => {
      const subject = subjects[at] ?? ''
      const issue = findTold(told, check, subject)
      const answer = said.filter(({ code }) => subjectOfKey(code) === subject).at(-1)
      const found = findFigures(check, read, quantities, answer?.text)
      const path = pathOf(check, found, read.task)
      return {
        subject,
        check,
        found,
        ...(issue && { told: issue.placed }),
        asks: issue !== undefined && issue.params.subject === subject,
        ...(answer && { answer }),
        ...(path && { path }),
      }
    })
    if (targets.every(({ check }) => check.verdict === 'not-checkable')) return []
    return [
      {
        row,
        read,
        targets: inOrder(targets.filter(({ check }) => check.verdict !== 'not-checkable')),
        unread: checks.filter(({ verdict }) => verdict === 'not-checkable'),
        isFilled: read.task.milestones.every(({ text }) => text.trim() !== ''),
      },
    ]
  })
}

/** What was told or answered first, so that answering moves nothing; else as in the text. */
function inOrder(targets: readonly TargetView[]): TargetView[] {
  const isSpokenOf = ({ told, answer }: TargetView) => told !== undefined || answer !== undefined
  return [...targets.filter(isSpokenOf), ...targets.filter((target) => !isSpokenOf(target))]
}

/** `concerns`: whether what was told of a target is this person's to settle. */
export function groupTargetRows(
  rows: readonly TargetRowView[],
  concerns: (told: PlacedIssue) => boolean,
): TargetGroups {
  const groups: TargetGroups = { open: [], explained: [], advised: [], fine: [] }
  for (const view of rows) {
    const waiting = view.targets.flatMap(({ told }) => (told && !told.reason && concerns(told) ? [told] : []))
    const isOpen = waiting.some(({ issue }) => issue.severity !== 'hint')
    const isExplained = view.targets.some(({ told, answer }) => answer !== undefined || told?.reason !== undefined)
    groups[isOpen ? 'open' : isExplained ? 'explained' : waiting.length > 0 ? 'advised' : 'fine'].push(view)
  }
  return groups
}

function findFigures(
  { evidence, verdict }: TargetCheck,
  { task, columns }: RowTargets,
  quantities: readonly Quantity[][],
  answer: string | undefined,
): Found[] {
  return evidence.map(({ milestone, start, end }) => {
    const text = (task.milestones[milestone]?.text ?? '').slice(start, end)
    const quantity = quantities[milestone]?.find((one) => one.start === start && one.end === end)
    const role = quantity && roleOf(quantity, verdict, answer)
    return {
      milestone,
      column: columns[milestone] ?? '',
      start,
      end,
      text,
      ...(quantity && { quantity }),
      ...(role && { role }),
    }
  })
}

/** As the words say, or as somebody answered; of a plain count it is open while the question is. */
function roleOf(
  { role, describes }: Quantity,
  verdict: TargetCheck['verdict'],
  answer: string | undefined,
): Found['role'] {
  if (role === 'share' || role === 'rate' || role === 'restated') return role
  if (answer === 'increment' || answer === 'cumulative') return answer
  if (role === 'increment' && verdict === 'ambiguous') return 'open'
  return describes === undefined ? role : undefined
}

function groupByRow<Item>(items: readonly Item[], rowIdOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const of = groups.get(rowIdOf(item))
    if (of) of.push(item)
    else groups.set(rowIdOf(item), [item])
  }
  return groups
}
