/**
 * A text that calls one of its row's units by another form of its name: 县发改委 in a milestone beside
 * 县发展改革委 in the unit column. The unit columns have rules of their own.
 */
import { foldText } from '../fold.ts'
import type { ColumnSpec } from '../sheet-spec.ts'
import { findUnitsInProse, nameWithoutPlace } from '../units/prose.ts'
import type { UnitMention } from '../units.ts'
import { rowRule } from './rule.ts'
import { replaceMention } from './unit-cells.ts'

export const unitsNamedTwoWays = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'units/named-two-ways': 'hint' },
  check(row, { table, resolve }) {
    const isUnits = ({ kind }: ColumnSpec) => kind === 'units'
    const cellsOf = (columns: ColumnSpec[]) => columns.map(({ key }) => ({ key, text: row.cells[key] ?? '' }))
    const listed = new Map<string, Set<string>>()
    for (const { text } of cellsOf(table.spec.columns.filter(isUnits)))
      for (const { unit, text: words } of resolve(text))
        if (unit !== undefined) listed.set(unit, (listed.get(unit) ?? new Set()).add(words))
    if (listed.size === 0) return []
    const prose = cellsOf(table.spec.columns.filter(({ kind }) => kind === 'text' || kind === 'milestone'))
    return prose.flatMap(({ key, text }) =>
      findUnitsInProse(text, resolve).flatMap((mention) => {
        const others = [...(listed.get(mention.unit ?? '') ?? [])]
        const name = nameWithoutPlace(mention.text)
        // The form that the registry has is right in any case; the unit column's own hint speaks of the other.
        const isRight = name === nameWithoutPlace(mention.unit ?? '')
        if (others.length === 0 || isRight || others.some((other) => nameWithoutPlace(other) === name)) return []
        const params = { found: mention.text, other: foldText(others[0] ?? ''), unit: mention.unit ?? '' }
        return [{ code: 'units/named-two-ways' as const, column: key, params, to: useName(text, mention) }]
      }),
    )
  },
})

/** The county's name may stand before the mention, so only the level is written again; nothing where the name has none. */
function useName(text: string, mention: UnitMention): string | undefined {
  const name = mention.unit ?? ''
  const stem = nameWithoutPlace(name)
  const level = mention.text.charAt(0)
  return name.endsWith(level + stem) ? replaceMention(text, mention, level + stem) : undefined
}
