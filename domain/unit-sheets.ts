/**
 * 报送表: what one unit gets of a plan, as a sheet to fill in and send back. What it does not write is shaded; ids and
 * the hidden sheet go along, so that the file is known again by whatever road it returns.
 */

import { toBeijingTime } from './beijing-time.ts'
import { LEDGER_FORMAT, type LedgerInfo } from './carrier.ts'
import { drawTable } from './draw-table.ts'
import { drawList } from './master-list.ts'
import { breakdownSpec, type Plan } from './plan.ts'
import type { SheetModel } from './sheet-model.ts'
import { columnOf } from './sheet-spec.ts'
import type { TableRow } from './table.ts'
import type { UnitRegistry } from './units.ts'

/** A row with the names of those that answer for it; a group may stand among the supporting ones. */
export type RelatedRow = TableRow & { lead: readonly string[]; supporting: readonly string[] }

export type UnitRows = { lead: RelatedRow[]; supporting: RelatedRow[] }

/** The rows that a unit leads and those that it supports, by itself or in a group, in the order of the plan. */
export function rowsOfUnit(rows: readonly RelatedRow[], unit: string, registry: UnitRegistry): UnitRows {
  const groups = (registry.groups ?? []).filter(({ members }) => members?.includes(unit)).map(({ name }) => name)
  const names = new Set([unit, ...groups])
  const lead = rows.filter((row) => row.lead.includes(unit))
  const supporting = rows.filter((row) => !row.lead.includes(unit) && row.supporting.some((name) => names.has(name)))
  return { lead, supporting }
}

/** The units that lead a row, in the order in which the plan first names them. */
export function leadUnitsOf(rows: readonly RelatedRow[]): string[] {
  return [...new Set(rows.flatMap(({ lead }) => lead))]
}

/** One unit's sheet. `supporting`: also the rows that it supports, to read. */
export function drawUnitSheet(
  plan: Plan,
  rows: UnitRows & { order: readonly RelatedRow[] },
  options: { name: string; supporting: boolean },
): SheetModel {
  const spec = breakdownSpec(plan)
  const led = new Set(rows.lead)
  const shown = new Set(options.supporting ? [...rows.lead, ...rows.supporting] : rows.lead)
  const isWritable = (row: TableRow, column: string) =>
    plan.state === 'collecting' && led.has(row as RelatedRow) && columnOf(spec, column)?.writer === 'lead'
  return drawTable(
    { spec, rows: rows.order.filter((row) => shown.has(row)), complete: false },
    { name: options.name, carrier: true, readonly: (row, column) => !isWritable(row, column) },
  )
}

/** What the hidden sheet says of a unit's sheet. `at`: when the rows were read, ISO 8601. */
export function unitLedger(plan: Plan, unit: string, sheet: string, at: string): LedgerInfo {
  const { form, version } = breakdownSpec(plan)
  return {
    format: LEDGER_FORMAT,
    planId: plan.id,
    sheet,
    form,
    specVersion: version,
    complete: false,
    planTitle: plan.title,
    unit,
    pulledAt: at,
  }
}

export const CONTENTS_SHEET = '目录'

/** The first sheet of a workbook for all units: which sheet is whose, and how many rows it has. */
export function drawContents(
  plan: Plan,
  sheets: readonly { unit: string; sheet: string; lead: number; supporting: number }[],
  at: string,
): SheetModel {
  const columns = [
    { header: '序号', width: 8, centered: true },
    { header: '单位', width: 40 },
    { header: '牵头任务数', width: 14, centered: true },
    { header: '配合任务数', width: 14, centered: true },
    { header: '工作表', width: 40 },
  ]
  const rows = sheets.map(({ unit, sheet, lead, supporting }, i) => [
    String(i + 1),
    unit,
    String(lead),
    String(supporting),
    sheet,
  ])
  const about = `截至${toBeijingTime(at)}。请在本单位的工作表中填写，灰色单元格不需填写。`
  return drawList(CONTENTS_SHEET, [`${plan.title}报送表目录`, about], columns, rows)
}

/** Excel's limit, in UTF-16 units. */
const MAX_NAME = 31
/** Excel keeps the last one for itself. */
const RESERVED = [CONTENTS_SHEET, '_ledger', 'history']

/** A sheet name for each unit, in order: cleaned of what Excel refuses, cut to its limit, no two alike. */
export function nameUnitSheets(units: readonly string[]): string[] {
  const taken = new Set(RESERVED)
  return units.map((unit) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a name may come from anywhere, and Excel refuses these.
    const clean = unit.replace(/[[\]:*?/\\\u0000-\u001f]+/g, ' ').replace(/^['\s]+|['\s]+$/g, '') || '单位'
    let name = cutName(clean, MAX_NAME)
    for (let n = 2; taken.has(name.toLowerCase()); n++) {
      const number = String(n)
      name = `${cutName(clean, MAX_NAME - number.length)}${number}`
    }
    taken.add(name.toLowerCase())
    return name
  })
}

/** Not through the middle of a character, and no apostrophe at the end. */
function cutName(name: string, length: number): string {
  if (name.length <= length) return name
  return name
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/['\s]+$/, '')
}
