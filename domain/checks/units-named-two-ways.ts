/**
 * A text that calls one of its row's units by another form of its name: 县发改委 in a milestone beside
 * 县发展改革委 in the unit column. The unit columns have rules of their own; only where the table is not in a plan yet,
 * so that its units are those it names, two forms of one name in them are told here.
 */
import { foldText } from '../fold.ts'
import type { ColumnSpec } from '../sheet-spec.ts'
import { findLongForms } from '../units/forms.ts'
import { countyOf } from '../units/index.ts'
import { findUnitsInProse, nameWithoutPlace } from '../units/prose.ts'
import type { UnitMention } from '../units.ts'
import { rowRule } from './rule.ts'
import { replaceMention } from './unit-cells.ts'

export const unitsNamedTwoWays = rowRule({
  level: 'row',
  per: 'row',
  codes: { 'units/named-two-ways': 'hint' },
  check(row, { table, context, resolve }) {
    const isUnits = ({ kind }: ColumnSpec) => kind === 'units'
    const cellsOf = (columns: ColumnSpec[]) => columns.map(({ key }) => ({ key, text: row.cells[key] ?? '' }))
    const listed = new Map<string, Set<string>>()
    const named: { column: string; name: string }[] = []
    for (const { key: column, text } of cellsOf(table.spec.columns.filter(isUnits)))
      for (const { unit, text: words, via } of resolve(text)) {
        if (unit !== undefined) listed.set(unit, (listed.get(unit) ?? new Set()).add(words))
        if (via === 'name' || via === 'unknown') named.push({ column, name: words })
      }
    const shortForms = context.planTasks ? [] : findShortForms(named, countyOf(context.registry))
    if (listed.size === 0) return shortForms
    const prose = cellsOf(table.spec.columns.filter(({ kind }) => kind === 'text' || kind === 'milestone'))
    const inProse = prose.flatMap(({ key, text }) =>
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
    return [...shortForms, ...inProse]
  },
})

/** Which form the table wants is open, so nothing is rewritten. */
function findShortForms(named: readonly { column: string; name: string }[], county: string | undefined) {
  const long = findLongForms(
    named.map(({ name }) => name),
    county,
  )
  return named.flatMap(({ column, name }, i) => {
    const other = long[i]
    if (other === undefined) return []
    const params = { found: name, other: foldText(other), unit: foldText(other) }
    return [{ code: 'units/named-two-ways' as const, column, params }]
  })
}

/** The county's name may stand before the mention, so only the level is written again; nothing where the name has none. */
function useName(text: string, mention: UnitMention): string | undefined {
  const name = mention.unit ?? ''
  const stem = nameWithoutPlace(name)
  const level = mention.text.charAt(0)
  return name.endsWith(level + stem) ? replaceMention(text, mention, level + stem) : undefined
}
