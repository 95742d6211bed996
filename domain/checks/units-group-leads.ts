/**
 * A task led by a group alone: where the county never listed who belongs to it, nobody answers for the
 * row. Where it did, all of them lead, and which one draws the threads together is left open.
 */
import { columnOf } from '../sheet-spec.ts'
import type { UnitMention, UnitRegistry } from '../units.ts'
import { rowRule } from './rule.ts'
import { isGroup, LEAD, leadMentions } from './unit-cells.ts'

export const unitsGroupLeads = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'units/group-leads': 'warning' },
  check(row, { table, context, resolve }) {
    if (!columnOf(table.spec, LEAD)) return []
    const leads = leadMentions(row, resolve)
    if (leads.length === 0 || !leads.every(isGroup)) return []
    const params = { found: leads.map(({ text }) => text).join('、') }
    const severity = leads.every((lead) => hasMembers(lead, context.registry)) ? 'hint' : 'warning'
    return [{ code: 'units/group-leads' as const, column: LEAD, params, severity }]
  },
})

function hasMembers({ group }: UnitMention, { groups = [] }: UnitRegistry): boolean {
  return (groups.find(({ name }) => name === group)?.members ?? []).length > 0
}
