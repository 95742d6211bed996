/** Whose file a returned table is, and the rows of the plan as that unit would have them. Pure. */

import type { RowList, ServerRow } from '../../domain/protocol.ts'
import { columnOf, type SheetSpec } from '../../domain/sheet-spec.ts'
import type { Table } from '../../domain/table.ts'
import type { UnitRegistry } from '../../domain/units.ts'
import type { ProposedUnit } from './intake-item.ts'
import { differences, rowsById } from './submission.ts'

/** Every unit that leads a row, in the order of the table. */
export function leadUnits({ rows }: RowList): string[] {
  return [...new Set(rows.flatMap(({ lead }) => lead))]
}

/** The rows of the plan as a unit's own key would be told them: which it leads, and what it may write there. */
export function asSeenBy(unit: string, rows: RowList, spec: SheetSpec): RowList {
  const own = spec.columns.filter(({ writer }) => writer === 'lead').map(({ key }) => key)
  return {
    ...rows,
    rows: rows.rows.map((row) => {
      const isLead = row.lead.includes(unit)
      const writable = isLead && rows.state === 'collecting' ? own : []
      return { ...row, role: isLead ? ('lead' as const) : ('none' as const), writable }
    }),
  }
}

/**
 * The units that a table may be from, the likeliest first: who leads the rows that were edited, whom the names of
 * file and sheet say, who leads most of its rows. `table`: with the ids of the rows that were matched.
 */
export function proposeUnits(
  table: Table,
  rows: RowList,
  { names, registry }: { names: string[]; registry: UnitRegistry },
): ProposedUnit[] {
  const known = rowsById(rows)
  const shown = table.rows.flatMap((row) => {
    const head = known.get(row.rowId)
    return head ? [{ head, isEdited: isEdited(table.spec, row, head) }] : []
  })
  const isNamed = (unit: string) => callNames(unit, registry).some((call) => names.some((name) => name.includes(call)))
  return leadUnits(rows)
    .map((unit) => {
      const led = shown.filter(({ head }) => head.lead.includes(unit))
      return { unit, edited: led.filter(({ isEdited }) => isEdited).length, rows: led.length, named: isNamed(unit) }
    })
    .filter(({ rows: count, named }) => count > 0 || named)
    .sort((a, b) => b.edited - a.edited || Number(b.named) - Number(a.named) || b.rows - a.rows)
    .map(({ named: _, ...proposed }) => proposed)
}

/**
 * Other units whose rows were edited in the same table beside those that `unit` leads: a whole table that went from
 * hand to hand. Only rows at the master's version count, for an older one may differ because the master moved on.
 */
export function otherEditors(table: Table, rows: RowList, unit: string): string[] {
  const known = rowsById(rows)
  const open = table.rows.flatMap((row) => {
    const head = known.get(row.rowId)
    return head && row.ver === head.ver && isEdited(table.spec, row, head) && !head.lead.includes(unit)
      ? [head.lead]
      : []
  })
  const others: string[] = []
  for (const lead of open) if (lead[0] && !lead.some((one) => others.includes(one))) others.push(lead[0])
  return others
}

/** The first one where nothing speaks as loudly for another. */
export function likeliest(proposed: readonly ProposedUnit[]): string | undefined {
  const [first, second] = proposed
  if (!first) return undefined
  const isAhead = !second || first.edited > second.edited || first.rows > second.rows
  return isAhead ? first.unit : undefined
}

/** An older row may differ because the master moved on; what it says is weighed all the same, as a unit may only edit. */
function isEdited(spec: SheetSpec, row: Table['rows'][number], head: ServerRow): boolean {
  const own = Object.keys(head.cells).filter((column) => columnOf(spec, column)?.writer === 'lead')
  return differences(row, head, own).length > 0
}

/** A name of one or two characters is part of many others. */
const SHORTEST_NAME = 3

/** What a unit is called in texts: its name and aliases, short ones left out. */
export function callNames(unit: string, { units }: UnitRegistry): string[] {
  const entry = units.find(({ name }) => name === unit)
  return [unit, ...(entry?.aliases ?? [])].filter((name) => name.length >= SHORTEST_NAME)
}
