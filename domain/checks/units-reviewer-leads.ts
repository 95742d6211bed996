/** A task led by the office that reviews all tasks: nobody approves its own, so the supervision office does. */
import { columnOf } from '../sheet-spec.ts'
import { rowRule } from './rule.ts'
import { LEAD, leadMentions } from './unit-cells.ts'

export const unitsReviewerLeads = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'units/reviewer-leads': 'hint' },
  check(row, { table, context, resolve }) {
    if (context.reviewer === undefined || !columnOf(table.spec, LEAD)) return []
    const reviewer = resolve(context.reviewer)[0]?.unit
    const lead = leadMentions(row, resolve).find(({ unit }) => unit !== undefined && unit === reviewer)
    return lead ? [{ code: 'units/reviewer-leads', column: LEAD, params: { found: lead.text } }] : []
  },
})
