/**
 * 报送情况: how far each lead unit has come, counted from its rows, its accepted submissions, what the
 * check and the merge found, and how the commission judged.
 */
import type { Issue } from './issue.ts'
import type { IssueReason, ReportStatus } from './protocol.ts'
import type { ReviewState } from './review.ts'
import type { SheetSpec } from './sheet-spec.ts'

/** A unit as the store knows it; the id decides, the name is shown. */
export type LeadUnit = { id: string; name: string }

export type StatusInput = {
  spec: SheetSpec
  rows: { rowId: string; lead: LeadUnit[] }[]
  /** Accepted submissions of units, oldest first. `outcomes`: what became of each row. */
  submissions: { unitId: string; at: string; outcomes: [rowId: string, outcome: string][] }[]
  issues: (Issue & { reason?: IssueReason })[]
  /** Row of each open conflict. */
  openConflicts: { rowId: string }[]
  /** How far the review of each row has come; absent where the plan is reviewed no more. */
  reviews?: ReadonlyMap<string, ReviewState> | undefined
}

/** One line for each unit that leads a row, in the order in which the table first names them. */
export function reportStatus({ spec, rows, submissions, issues, openConflicts, reviews }: StatusInput): ReportStatus[] {
  const units = new Map<string, { status: ReportStatus; led: Set<string>; submitted: Set<string> }>()
  for (const { rowId, lead } of rows) {
    for (const { id, name } of lead) {
      const unit = units.get(id) ?? { status: emptyStatus(name), led: new Set<string>(), submitted: new Set<string>() }
      unit.led.add(rowId)
      units.set(id, unit)
    }
  }
  for (const { unitId, at, outcomes } of submissions) {
    const unit = units.get(unitId)
    if (!unit) continue
    const own = outcomes.filter(([rowId]) => unit.led.has(rowId))
    // What names none of the unit's rows reports nothing. A row with errors is no receipt, its time is.
    if (own.length === 0) continue
    unit.status.submissions++
    unit.status.lastAt = at
    for (const [rowId, outcome] of own) if (outcome !== 'blocked') unit.submitted.add(rowId)
  }
  const ofUnits = new Set(spec.columns.filter(({ writer }) => writer === 'lead').map(({ key }) => key))
  const concerning = issues.filter(({ column }) => column === undefined || ofUnits.has(column))
  return [...units.values()].map(({ status, led, submitted }) => {
    const isLed = ({ rowId }: { rowId?: string }) => rowId !== undefined && led.has(rowId)
    const own = concerning.filter(isLed)
    return {
      ...status,
      rows: led.size,
      submittedRows: submitted.size,
      errors: own.filter(({ severity }) => severity === 'error').length,
      warnings: own.filter(({ severity }) => severity === 'warning').length,
      explained: own.filter(({ severity, reason }) => severity === 'warning' && reason !== undefined).length,
      openConflicts: openConflicts.filter(isLed).length,
      ...(reviews && countReviews([...led].map((rowId) => reviews.get(rowId)))),
    }
  })
}

function countReviews(
  ofRows: readonly (ReviewState | undefined)[],
): Required<Pick<ReportStatus, 'pending' | 'returned' | 'accepted'>> {
  const count = (state: ReviewState) => ofRows.filter((review) => review === state).length
  return { pending: count('pending'), returned: count('returned'), accepted: count('accepted') }
}

function emptyStatus(unit: string): ReportStatus {
  return { unit, rows: 0, submittedRows: 0, submissions: 0, lastAt: null, errors: 0, warnings: 0, openConflicts: 0 }
}
