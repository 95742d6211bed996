/** A unit that stands among the leads and again among those supporting them. */

import { DASH } from '../fold.ts'
import { columnOf } from '../sheet-spec.ts'
import { foldUnit } from '../unit-segments.ts'
import type { UnitMention, UnitResolver } from '../units.ts'
import { rowRule } from './rule.ts'
import { LEAD, SUPPORTING } from './unit-cells.ts'

export const unitsLeadIsSupporting = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'units/lead-is-supporting': 'warning' },
  check(row, { table, resolve }) {
    const text = row.cells[SUPPORTING]
    if (text === undefined || !columnOf(table.spec, LEAD) || !columnOf(table.spec, SUPPORTING)) return []
    const leads = new Set(resolve(row.cells[LEAD] ?? '').flatMap((mention) => unitKey(mention) ?? []))
    if (leads.size === 0) return []
    const supporting = resolve(text)
    return supporting.flatMap((mention, i) => {
      const key = unitKey(mention)
      if (key === undefined || !leads.has(key)) return []
      const to = removeMention(text, supporting, i, resolve)
      const params = { found: mention.text }
      return [
        { code: 'units/lead-is-supporting' as const, column: SUPPORTING, params, ...(to === undefined ? {} : { to }) },
      ]
    })
  },
})

/** Groups and placeholders may well hold the lead; only single units count, unknown ones by their spelling. */
function unitKey(mention: UnitMention): string | undefined {
  return mention.unit ?? (mention.via === 'unknown' ? foldUnit(mention.text) : undefined)
}

/** The text without one mention and the separator beside it; undefined where a tail (等27个部门) hangs on it. */
function removeMention(text: string, mentions: UnitMention[], i: number, resolve: UnitResolver): string | undefined {
  const mention = mentions[i]!
  const next = mentions[i + 1]
  const previous = mentions[i - 1]
  if (next?.start === mention.end) return undefined
  const left = next
    ? text.slice(0, mention.start) + text.slice(next.start)
    : text.slice(0, previous?.end ?? 0) + text.slice(mention.end)
  return resolve(left).length === 0 ? DASH : left
}
